package io.twinspan.registry.node;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections of this node by one port, as {@code GET /digest/links} tells them.
 *
 * @param from role that calls
 * @param to role that is called
 * @param port its number, as this node has it
 * @param direction {@code out} where this node calls, {@code in} where it is called
 * @param connections now, those in memory included
 * @param inMemory how many of them are between roles of this process, and so no sockets
 * @param expected how many this node wants; null where it does not decide
 * @param peers connections by address; empty for those that came in
 */
record LinkCount(
        String from,
        String to,
        int port,
        String direction,
        int connections,
        int inMemory,
        @Nullable Integer expected,
        Map<String, Integer> peers) {
    LinkCount {
        peers = Map.copyOf(peers);
    }

    /** No connection to this port of others. */
    static LinkCount out(NodePort port, int number) {
        return new LinkCount(caller(port), name(port.role()), number, "out", 0, 0, null, Map.of());
    }

    /** Connections to this port of ours. */
    static LinkCount in(NodePort port, int number, int connections, int inMemory) {
        return new LinkCount(caller(port), name(port.role()), number, "in", connections, inMemory, null, Map.of());
    }

    LinkCount wanted(Endpoint endpoint, int now, int wanted, boolean isLocal) {
        int soFar = expected == null ? 0 : expected;
        return with(endpoint, now, isLocal ? now : 0, soFar + wanted);
    }

    LinkCount more(Endpoint endpoint, int now) {
        return with(endpoint, now, 0, expected);
    }

    private LinkCount with(Endpoint endpoint, int now, int local, @Nullable Integer nowExpected) {
        Map<String, Integer> all = new LinkedHashMap<>(peers);
        all.put(endpoint.toString(), now);
        return new LinkCount(from, to, port, direction, connections + now, inMemory + local, nowExpected, all);
    }

    /** Each port is for one kind of caller. */
    private static String caller(NodePort port) {
        NodeRole role = callerOf(port);
        return switch (port) {
            case SESSION_CLIENT -> "client";
            case DATA_NOTICE -> "any";
            default -> role == null ? "operator" : name(role);
        };
    }

    /** The role that calls this port; null where no role does, or any. */
    static @Nullable NodeRole callerOf(NodePort port) {
        return switch (port) {
            case META_FOR_SESSION, DATA_FOR_SESSION, SESSION_FOR_SESSION -> NodeRole.SESSION;
            case META_FOR_DATA, DATA_FOR_DATA, SESSION_FOR_DATA -> NodeRole.DATA;
            case META_FOR_META, META_RAFT -> NodeRole.META;
            case SESSION_CLIENT, DATA_NOTICE, SESSION_CONSOLE, SESSION_HTTP, META_HTTP, DATA_HTTP -> null;
        };
    }

    private static String name(NodeRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
