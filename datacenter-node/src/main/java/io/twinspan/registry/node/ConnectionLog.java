package io.twinspan.registry.node;

import io.twinspan.registry.config.NodePorts;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.bolt.ConnectionWatch;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each connection between nodes that comes or goes, in {@code registry-connect.log} of the role that is called, or that
 * calls. Roles of one process talk in memory and so have no lines.
 */
final class ConnectionLog implements ConnectionWatch {
    private final NodePorts ports;
    private final Map<NodeRole, Logger> logs = new EnumMap<>(NodeRole.class);
    private final Logger others = LoggerFactory.getLogger(ConnectionLog.class);

    ConnectionLog(NodePorts ports) {
        this.ports = ports;
        for (NodeRole role : NodeRole.values()) {
            logs.put(role, LoggerFactory.getLogger(name(role)));
        }
    }

    /** The logger for connections of this role. */
    static String name(NodeRole role) {
        return ConnectionLog.class.getName() + "." + role.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void onIncoming(int port, String remote, boolean isOpen) {
        NodePort known = known(port);
        log(known == null ? null : known.role()).info("{} from={} port={}", word(isOpen), remote, port);
    }

    @Override
    public void onOutgoing(@Nullable NodeRole caller, Endpoint to, boolean isOpen) {
        NodePort known = known(to.port());
        NodeRole by = caller != null || known == null ? caller : LinkCount.callerOf(known);
        log(by).info("{} to={}", word(isOpen), to);
    }

    private static String word(boolean isOpen) {
        return isOpen ? "connected" : "closed";
    }

    private Logger log(@Nullable NodeRole role) {
        return role == null ? others : logs.getOrDefault(role, others);
    }

    /** All nodes of a datacenter usually have the same numbers. */
    private @Nullable NodePort known(int number) {
        for (NodePort port : NodePort.values()) {
            if (ports.number(port) == number) {
                return port;
            }
        }
        return null;
    }
}
