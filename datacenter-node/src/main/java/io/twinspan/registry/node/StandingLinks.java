package io.twinspan.registry.node;

import io.twinspan.registry.config.NodePorts;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.bolt.BoltPeerServer;
import io.twinspan.registry.node.bolt.BoltPeers;
import io.twinspan.registry.node.membership.MetaLink;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.InMemoryPeers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections that this node keeps open to the others of its datacenter, called or not, so that an operator can count them: data
 * nodes and sessions to every meta, data nodes to each other, sessions to every data node with several. What roles of one process
 * would connect to is counted the same, as if they were in two.
 */
final class StandingLinks {
    /** How the process reaches, and is reached by, others. */
    record Ways(InMemoryPeers inside, BoltPeers outgoing, BoltPeerServer incoming) {}

    private record Wish(NodePort port, Endpoint to, int connections) {}

    private final Ways ways;
    private final NodePorts ports;
    private final EventLoop loop;
    private final LinkSettings settings;
    private final List<Supplier<List<Wish>>> wishes = new CopyOnWriteArrayList<>();

    StandingLinks(Ways ways, NodePorts ports, EventLoop loop, LinkSettings settings) {
        this.ways = ways;
        this.ports = ports;
        this.loop = loop;
        this.settings = settings;
    }

    /**
     * Links of the data role. Like {@link #ofSession}, call it before others listen to the link: all connections to a node are then
     * known before the first call to it, and no lane ever changes its connection.
     */
    void ofData(MetaLink link, List<Endpoint> metas) {
        add(link, () -> {
            List<Wish> all = each(NodePort.META_FOR_DATA, metas, 1);
            Endpoint own = ports.advertised(NodePort.DATA_FOR_DATA);
            all.addAll(each(
                    NodePort.DATA_FOR_DATA,
                    dataNodes(link, NodePort.DATA_FOR_DATA).stream()
                            .filter(each -> !each.equals(own))
                            .toList(),
                    1));
            return all;
        });
    }

    /** Links of the session role. */
    void ofSession(MetaLink link, List<Endpoint> metas) {
        add(link, () -> {
            List<Wish> all = each(NodePort.META_FOR_SESSION, metas, 1);
            all.addAll(each(
                    NodePort.DATA_FOR_SESSION, dataNodes(link, NodePort.DATA_FOR_SESSION), settings.dataConnections()));
            return all;
        });
    }

    /** Opens what is wanted, and again what is lost, until the loop ends. */
    void start() {
        loop.execute(() -> {
            mend();
            loop.schedule(settings.mendEvery(), this::start);
        });
    }

    /** What is connected now, by port: first where this node calls, then where it is called. */
    List<LinkCount> counts() {
        Map<NodePort, LinkCount> out = new TreeMap<>();
        Map<NodePort, Integer> local = new TreeMap<>();
        Map<Endpoint, Integer> connected = ways.outgoing().links();
        Map<Endpoint, NodePort> known = new TreeMap<>();
        for (Wish wish : wished()) {
            known.put(wish.to(), wish.port());
            LinkCount before = out.getOrDefault(wish.port(), LinkCount.out(wish.port(), number(wish.port())));
            boolean isLocal = ways.inside().isServed(wish.to());
            int now = isLocal ? wish.connections() : connected.getOrDefault(wish.to(), 0);
            out.put(wish.port(), before.wanted(wish.to(), now, wish.connections(), isLocal));
            if (isLocal) {
                local.merge(wish.port(), wish.connections(), Integer::sum);
            }
        }
        connected.forEach((to, now) -> {
            NodePort port = known.containsKey(to) ? null : portOf(to);
            if (port != null && now > 0) {
                out.put(
                        port,
                        out.getOrDefault(port, LinkCount.out(port, number(port)))
                                .more(to, now));
            }
        });
        List<LinkCount> all = new ArrayList<>(out.values());
        Map<Integer, Integer> arriving = ways.incoming().connections();
        for (NodePort port : NodePort.values()) {
            Integer arrived = arriving.get(number(port));
            if (arrived != null) {
                int inMemory = local.getOrDefault(port, 0);
                all.add(LinkCount.in(port, number(port), arrived + inMemory, inMemory));
            }
        }
        return all;
    }

    private void add(MetaLink link, Supplier<List<Wish>> wanted) {
        wishes.add(wanted);
        link.onChange(state -> mend());
    }

    private void mend() {
        Map<Endpoint, Integer> wanted = new TreeMap<>();
        wished().stream()
                .filter(wish -> !ways.inside().isServed(wish.to()))
                .forEach(wish -> wanted.put(wish.to(), wish.connections()));
        ways.outgoing().hold(wanted);
    }

    private List<Wish> wished() {
        return wishes.stream().flatMap(each -> each.get().stream()).toList();
    }

    private int number(NodePort port) {
        return ports.number(port);
    }

    /** Of a port that others listen on; all nodes of a datacenter usually have the same numbers. */
    private @Nullable NodePort portOf(Endpoint to) {
        for (NodePort port : NodePort.values()) {
            if (number(port) == to.port()) {
                return port;
            }
        }
        return null;
    }

    private static List<Endpoint> dataNodes(MetaLink link, NodePort port) {
        return link.current().inRole(NodeRole.DATA).stream()
                .map(member -> member.endpoint(port))
                .toList();
    }

    private static List<Wish> each(NodePort port, List<Endpoint> all, int connections) {
        List<Wish> wished = new ArrayList<>();
        all.forEach(to -> wished.add(new Wish(port, to, connections)));
        return wished;
    }
}
