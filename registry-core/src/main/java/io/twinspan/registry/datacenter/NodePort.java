package io.twinspan.registry.datacenter;

import java.util.Locale;

/** The ports of each role with their default numbers; operators' scripts know these numbers, so they never change. */
public enum NodePort {
    /** Clients, Bolt with Hessian. */
    SESSION_CLIENT(NodeRole.SESSION, 9600),
    /** Console and operator queries inside the datacenter, Bolt. */
    SESSION_CONSOLE(NodeRole.SESSION, 9601),
    /** Data nodes that announce changes, Bolt. */
    SESSION_FOR_DATA(NodeRole.SESSION, 9602),
    /** HTTP of the session role. */
    SESSION_HTTP(NodeRole.SESSION, 9603),
    /** Other sessions, Bolt. */
    SESSION_FOR_SESSION(NodeRole.SESSION, 9604),
    /** Session nodes, Bolt. */
    META_FOR_SESSION(NodeRole.META, 9610),
    /** Data nodes, Bolt. */
    META_FOR_DATA(NodeRole.META, 9611),
    /** Other metas and peer datacenters' control traffic, Bolt. */
    META_FOR_META(NodeRole.META, 9612),
    /** The raft group. */
    META_RAFT(NodeRole.META, 9614),
    /** HTTP of the meta role. */
    META_HTTP(NodeRole.META, 9615),
    /** Session nodes, Bolt. */
    DATA_FOR_SESSION(NodeRole.DATA, 9620),
    /** Data nodes of this and of peer datacenters, Bolt. */
    DATA_FOR_DATA(NodeRole.DATA, 9621),
    /** HTTP of the data role. */
    DATA_HTTP(NodeRole.DATA, 9622),
    /** Change notices, Bolt; always listening. */
    DATA_NOTICE(NodeRole.DATA, 9623);

    private final NodeRole role;
    private final int defaultNumber;

    NodePort(NodeRole role, int defaultNumber) {
        this.role = role;
        this.defaultNumber = defaultNumber;
    }

    /** The role that opens this port. */
    public NodeRole role() {
        return role;
    }

    /** The number when nothing is configured. */
    public int defaultNumber() {
        return defaultNumber;
    }

    /** True for the ports that speak HTTP. */
    public boolean isHttp() {
        return this == SESSION_HTTP || this == META_HTTP || this == DATA_HTTP;
    }

    /** The name in configuration files, for example {@code session-client}. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
