package io.twinspan.registry.failover;

/** The steps of a failover, in their order. Each can be begun again by whoever takes the run over, with the same outcome. */
public enum FailoverStep {
    /** Both datacenters hold removals back, so that no list shrinks while clients are on the way. */
    HOLD_SHRINK("hold removals back on both sides"),
    /** Both datacenters fetch the other's services without being asked, so that the target has everybody's addresses. */
    WARM("fetch all services of the other side on both sides"),
    /** The target holds what the other side has announced. */
    IN_SYNC("wait until the target holds what the other side has announced"),
    /** The epoch is committed: resolvers switch. What was done before can be undone, what comes after cannot. */
    COMMIT("commit the epoch: resolvers switch to the target"),
    /** Clients of the other side are moved here, make before break, under grants that are renewed each second. */
    MOVE("move the clients, make before break"),
    /** The duty of the other side is settled: standby, or down. */
    SETTLE("give the other side its duty"),
    /** Removals pass again, and what was warm for the run is as it was. */
    RELEASE("let removals pass again and end the warm fetching of the run");

    private final String words;

    FailoverStep(String words) {
        this.words = words;
    }

    /** What it does, for operators. */
    public String words() {
        return words;
    }

    /** True when a run can still be undone while it is at this step and its act has not been carried out. */
    public boolean isBeforeCommit() {
        return compareTo(COMMIT) < 0;
    }
}
