package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.List;

/**
 * One datacenter of the demo.
 *
 * @param name of the datacenter
 */
record Site(String name, List<DemoNode> nodes) {
    Site {
        nodes = List.copyOf(nodes);
    }

    /** The nodes of one role, in the order of their numbers. */
    List<DemoNode> nodes(NodeRole role) {
        return nodes.stream().filter(node -> node.isA(role)).toList();
    }

    /** Hosts of all metas; every node is given all of them. */
    List<String> metaHosts() {
        return nodes(NodeRole.META).stream().map(DemoNode::host).toList();
    }

    /** A port of the first node that opens it. */
    Endpoint first(NodePort port) {
        return nodes(port.role()).get(0).endpoint(port);
    }
}
