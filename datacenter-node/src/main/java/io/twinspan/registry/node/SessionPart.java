package io.twinspan.registry.node;

import io.twinspan.registry.config.PeerDatacenter;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.bolt.BoltClientEdge;
import io.twinspan.registry.node.bolt.ClientEdgeSettings;
import io.twinspan.registry.node.http.RoleRoutes;
import io.twinspan.registry.node.membership.MetaLink;
import io.twinspan.registry.node.session.SessionPorts;
import io.twinspan.registry.node.session.SessionRole;
import io.twinspan.registry.node.session.SessionRoutes;
import io.twinspan.registry.node.session.SessionSelf;
import io.twinspan.registry.node.session.SessionSettings;
import java.util.random.RandomGenerator;

/** The session role with the port for clients. */
final class SessionPart implements RolePart {
    private final Foundation foundation;
    private final MetaLink link;
    private final SessionSelf self;
    private final SessionRole role;
    private final BoltClientEdge edge;
    private volatile boolean isServing;

    SessionPart(Foundation foundation, NodeProperties.Session session) {
        this.foundation = foundation;
        this.link = foundation.metaLink(NodeRole.SESSION, NodePort.META_FOR_SESSION);
        this.self = new SessionSelf(
                foundation.member(NodeRole.SESSION),
                foundation.topology().peers().stream()
                        .map(PeerDatacenter::datacenter)
                        .toList());
        this.role = new SessionRole(
                self,
                SessionSettings.standard(session.zone()),
                link,
                new SessionPorts(
                        foundation.loop("session"),
                        foundation.clock(),
                        foundation.peers(NodeRole.SESSION),
                        RandomGenerator.getDefault()));
        Endpoint clients = foundation.ports().bound(NodePort.SESSION_CLIENT);
        this.edge = new BoltClientEdge(clients.host(), clients.port(), ClientEdgeSettings.standard(), role);
        link.onProvided(role::onProvided);
    }

    @Override
    public void start() {
        foundation.serve(
                role.dispatcher(), NodePort.SESSION_CONSOLE, NodePort.SESSION_FOR_DATA, NodePort.SESSION_FOR_SESSION);
        role.start();
        link.start();
        edge.start();
        isServing = true;
    }

    @Override
    public RoleRoutes routes() {
        return new RoleRoutes(
                foundation.ports().number(NodePort.SESSION_HTTP),
                new SessionRoutes(role, self, link, () -> isServing).routes());
    }

    @Override
    public void close() {
        isServing = false;
        edge.close();
        link.close();
        role.close();
    }
}
