package io.twinspan.registry.datum;

/**
 * Why entries are taken away although their client has not asked for it. What a client's own socket or an operator has said is
 * believed at once; what may be a fault of ours, or of the network, is held when it would take too much at a time.
 */
public enum RemovalCause {
    /** An operator has taken the client out. */
    CLIENT_OFF(false),
    /**
     * Its connection is gone, and its client is expected elsewhere: nothing is taken away yet, but whoever registers it or takes it
     * back from now on is believed.
     */
    MOVING(false),
    /** FIN or RST from the client's own socket, at a session that is otherwise well: this is how a client's process ends. */
    CLIENT_CLOSED(false),
    /** Nothing has come from the client for too long, or the network lost it. */
    IDLE(true),
    /** Our own node closed the connection: what was sent was refused, or there was too much of it. */
    CLOSED_BY_NODE(true),
    /** The session is over: silent, without connection, and delisted by a meta with quorum. */
    SESSION_LEASE_OVER(true),
    /** Its client was sent to another datacenter and has not been seen there in time: always held, because it may be on its way still. */
    NOT_OVER(true),
    /** It stood in a snapshot, and its session has not come back since. */
    UNCONFIRMED(true);

    private final boolean mayBeHeld;

    RemovalCause(boolean mayBeHeld) {
        this.mayBeHeld = mayBeHeld;
    }

    /** True when a large removal for this cause is held first. */
    public boolean mayBeHeld() {
        return mayBeHeld;
    }
}
