package io.twinspan.registry.failover;

/** The steps of a failover, in their order. Each can be begun again by whoever takes the run over, with the same outcome. */
public enum FailoverStep {
    /** The operator's hooks that come before anything else, for example one that stops the scheduler of deployments. */
    HOOKS_FIRST("run the operator's hooks that come first"),
    /** Both datacenters hold removals back, so that no list shrinks while clients are on the way. */
    HOLD_SHRINK("hold removals back on both sides"),
    /** Both datacenters fetch the other's services without being asked, so that the target has everybody's addresses. */
    WARM("fetch all services of the other side on both sides"),
    /** The target holds what the other side has announced. */
    IN_SYNC("wait until the target holds what the other side has announced"),
    /** The operator's hooks that must have succeeded before the epoch is committed, for example of a database. */
    HOOKS_BEFORE_COMMIT("run the operator's hooks before the commit"),
    /** The epoch is committed: resolvers switch. What was done before can be undone, what comes after cannot. */
    COMMIT("commit the epoch: resolvers switch to the target"),
    /** The operator's hooks that follow the epoch, for example of a load balancer or of names. */
    HOOKS_AFTER_COMMIT("run the operator's hooks after the commit"),
    /** Clients of the other side are moved here, make before break, under grants that are renewed each second. */
    MOVE("move the clients, make before break"),
    /** The duty of the other side is settled: standby, or down. */
    SETTLE("give the other side its duty"),
    /** Removals pass again, and what was warm for the run is as it was. */
    RELEASE("let removals pass again, end the warm fetching of the run, and compare what is registered with before"),
    /** The operator's hooks that come when all is done. */
    HOOKS_LAST("run the operator's hooks that come last");

    private final String words;

    FailoverStep(String words) {
        this.words = words;
    }

    /** What it does, for operators. */
    public String words() {
        return words;
    }

    /** True when it is done by hooks of the operator, and left out of a run where there are none. */
    public boolean isHooks() {
        return this == HOOKS_FIRST || this == HOOKS_BEFORE_COMMIT || this == HOOKS_AFTER_COMMIT || this == HOOKS_LAST;
    }

    /** True when a run can still be undone while it is at this step and its act has not been carried out. */
    public boolean isBeforeCommit() {
        return compareTo(COMMIT) < 0;
    }
}
