package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.stream.Collectors;

/** Writes the configuration of a demo's node. Pure. */
final class NodeYaml {
    private NodeYaml() {}

    static String text(DemoNode node, Site own, Site peer, DemoHome home) {
        return String.join(
                "\n",
                "# Written by 'twinspan demo' at each start; changes are lost.",
                "twinspan:",
                "  datacenter: " + own.name(),
                "  roles: [" + node.roleNames() + "]",
                "  home: " + quoted(home.data(node.name()).toString()),
                "  logs: " + quoted(home.logs(node.name()).toString()),
                "  bind: " + node.host(),
                "  advertise: " + node.host(),
                "  port-offset: " + node.portOffset(),
                "  kafka: " + Layout.KAFKA,
                "  meta: [" + String.join(", ", own.metaHosts()) + "]",
                "  peers:",
                "    - datacenter: " + peer.name(),
                "      kafka: " + Layout.KAFKA,
                "      meta: [" + metasForPeers(peer) + "]",
                "  data:",
                "    warming-earliest: 3s",
                "    warming-quiet: 2s",
                "");
    }

    private static String metasForPeers(Site peer) {
        return peer.nodes(NodeRole.META).stream()
                .map(meta -> quoted(meta.endpoint(NodePort.META_FOR_META).toString()))
                .collect(Collectors.joining(", "));
    }

    /** In double quotes of YAML, so that folders with blanks, colons or hashes stay what they are. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
