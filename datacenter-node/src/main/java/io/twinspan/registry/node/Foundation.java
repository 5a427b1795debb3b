package io.twinspan.registry.node;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.config.NodePorts;
import io.twinspan.registry.config.PeerDatacenter;
import io.twinspan.registry.config.Topology;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.bolt.BoltPeerServer;
import io.twinspan.registry.node.bolt.BoltPeers;
import io.twinspan.registry.node.bolt.PeerTransportSettings;
import io.twinspan.registry.node.federation.FederationDisk;
import io.twinspan.registry.node.federation.NodeFederation;
import io.twinspan.registry.node.membership.ClusterDisk;
import io.twinspan.registry.node.membership.MetaLink;
import io.twinspan.registry.node.membership.MetaLinkSettings;
import io.twinspan.registry.node.move.MoveDisk;
import io.twinspan.registry.node.move.NodeMove;
import io.twinspan.registry.node.policy.NodeClientsOff;
import io.twinspan.registry.node.policy.NodePolicies;
import io.twinspan.registry.node.policy.PolicyDisk;
import io.twinspan.registry.node.pushswitch.NodePushSwitch;
import io.twinspan.registry.node.pushswitch.PushSwitchDisk;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.FaultHandler;
import io.twinspan.registry.runtime.InMemoryPeers;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.RequestDispatcher;
import io.twinspan.registry.runtime.ThreadEventLoop;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all roles of one process share: who the node is, its clock, its loops, and the ways to and from its peers. */
final class Foundation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Foundation.class);

    private final Topology topology;
    private final NodePorts ports;
    private final Path home;
    private final NodeId id;
    private final HybridClock clock = new HybridClock(InstantSource.system(), System::nanoTime);
    private final long incarnation = clock.next().value();
    private final FaultHandler faults = fault -> LOG.error("a fault, please report it", fault);
    private final List<ThreadEventLoop> loops = new ArrayList<>();
    private final BoltPeers outgoing;
    private final BoltPeerServer incoming;
    private final InMemoryPeers inside;
    private final StandingLinks links;
    private final NodePolicies policies;
    private final NodeClientsOff clientsOff;
    private final NodePushSwitch push;
    private final NodeFederation federation;
    private final NodeMove move;

    Foundation(NodeProperties properties) {
        this.topology = properties.topology();
        this.ports = properties.nodePorts();
        this.home = properties.home().toAbsolutePath();
        this.id = NodeIdentity.loadOrCreate(home, () -> UUID.randomUUID().toString());
        EventLoop timers = loop("peer-timers");
        PeerTransportSettings transport = PeerTransportSettings.standard();
        ConnectionLog connections = new ConnectionLog(ports);
        this.outgoing = new BoltPeers(clock, timers, transport, connections);
        this.incoming = new BoltPeerServer(clock, transport, faults, connections);
        this.inside = new InMemoryPeers(clock, timers, faults, outgoing::as);
        this.links = new StandingLinks(
                new StandingLinks.Ways(inside, outgoing, incoming),
                ports,
                loop("links"),
                LinkSettings.of(properties.session().dataConnections()));
        EventLoop decisions = loop("policies");
        this.policies = new NodePolicies(new PolicyDisk(home.resolve("policies.json")), decisions);
        this.clientsOff = new NodeClientsOff(home.resolve("clients-off.json"), decisions);
        this.push = new NodePushSwitch(new PushSwitchDisk(home.resolve("push-switch.json")), loop("push-switch"));
        this.federation = new NodeFederation(
                topology.local(),
                topology.peers().stream().map(PeerDatacenter::datacenter).collect(Collectors.toSet()),
                new FederationDisk(home.resolve("federation.json")),
                loop("federation"));
        this.move = new NodeMove(new MoveDisk(home.resolve("move.json")), loop("move"));
    }

    Topology topology() {
        return topology;
    }

    NodePorts ports() {
        return ports;
    }

    NodeId id() {
        return id;
    }

    HybridClock clock() {
        return clock;
    }

    /** The policies in force on this node. */
    NodePolicies policies() {
        return policies;
    }

    /** The clients that are off as this node knows them. */
    NodeClientsOff clientsOff() {
        return clientsOff;
    }

    /** The push switch as this node knows it. */
    NodePushSwitch push() {
        return push;
    }

    /** What this node knows of duty. */
    NodeFederation federation() {
        return federation;
    }

    /** The move between datacenters as this node knows it. */
    NodeMove move() {
        return move;
    }

    FaultHandler faults() {
        return faults;
    }

    /** A folder of this node's own, below its home. */
    Path folder(String name) {
        return home.resolve(name);
    }

    /** A loop that ends with the node. */
    EventLoop loop(String name) {
        ThreadEventLoop loop = new ThreadEventLoop(name, faults);
        loops.add(loop);
        return loop;
    }

    /** This node in a role, as the others know it. */
    Member member(NodeRole role) {
        return new Member(id, topology.local(), role, ports.advertised(role), incarnation);
    }

    /** Calls made by one of this node's roles. */
    PeerClient peers(NodeRole role) {
        return inside.as(new Caller(topology.local(), id, role));
    }

    /** The link of a role to the metas of this datacenter, on a loop of its own. */
    MetaLink metaLink(NodeRole role, NodePort metaPort) {
        MetaLink link = new MetaLink(
                member(role),
                metas(metaPort),
                peers(role),
                loop(role.name().toLowerCase(java.util.Locale.ROOT) + "-meta-link"),
                MetaLinkSettings.standard());
        link.keep(policies);
        link.keep(push);
        link.keep(federation);
        link.keep(move);
        if (role == NodeRole.SESSION) {
            link.keep(clientsOff);
            link.keep(new ClusterDisk(home.resolve("cluster.bin")));
        }
        return link;
    }

    /** Where the metas of this datacenter answer a role. */
    List<Endpoint> metas(NodePort metaPort) {
        return topology.metaHosts().stream()
                .map(host -> ports.onPeerHost(host, metaPort))
                .toList();
    }

    /** Where the metas of each peer datacenter answer. */
    Map<DatacenterId, List<Endpoint>> peerMetas() {
        return topology.peers().stream().collect(Collectors.toMap(PeerDatacenter::datacenter, PeerDatacenter::meta));
    }

    /** The connections that are kept open. */
    StandingLinks links() {
        return links;
    }

    /** Answers what arrives at these ports by this dispatcher, over sockets and from inside the process. */
    void serve(RequestDispatcher dispatcher, NodePort... served) {
        for (NodePort port : served) {
            Endpoint bound = ports.bound(port);
            Set<Endpoint> known = new LinkedHashSet<>(List.of(bound, ports.advertised(port)));
            for (String host : topology.metaHosts()) {
                if (port.role() == NodeRole.META
                        && host.equals(ports.advertised(port).host())) {
                    known.add(ports.onPeerHost(host, port));
                }
            }
            known.forEach(endpoint -> inside.serve(endpoint, dispatcher, clock));
            incoming.listen(bound.host(), bound.port(), dispatcher);
        }
    }

    /** True while another node has a connection to this process on which it has spoken in that role. */
    boolean isConnected(NodeId node, NodeRole role) {
        return incoming.isConnected(node, role);
    }

    /** Calls that arrived over sockets and were answered by a failure, by port. */
    Map<Integer, Long> failedCalls() {
        return incoming.failures();
    }

    @Override
    public void close() {
        incoming.close();
        outgoing.close();
        loops.forEach(ThreadEventLoop::close);
    }
}
