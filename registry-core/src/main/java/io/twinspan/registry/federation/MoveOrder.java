package io.twinspan.registry.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The clients of one datacenter are to go to another. Both datacenters hold the same order; of two, the one of the higher epoch
 * holds, and of equal epochs the one of the higher version.
 *
 * @param version rises with each change of the order; above every version of earlier ones
 * @param run name of the procedure that ordered it: no client is closed twice for one run, and no run is ordered twice
 * @param epoch under which resolvers name the target's sessions
 * @param source whose clients go
 * @param target where they go
 * @param changedMillis when it came to this stage, in milliseconds since 1970
 */
public record MoveOrder(
        long version,
        String run,
        FederationEpoch epoch,
        DatacenterId source,
        DatacenterId target,
        MoveStage stage,
        long changedMillis) {
    /** How long after the end both datacenters are still shown to everybody: who came over late is not hidden at once. */
    public static final Duration SHOWN_AFTER_END = Duration.ofMinutes(10);

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    /** Refuses an unusable name of a run, a move to where it comes from, and versions below 1. */
    public MoveOrder {
        if (!RUN.matcher(run).matches()) {
            throw new IllegalArgumentException(
                    "run '" + run
                            + "' is not usable: take 1 to 64 letters, digits, '-', '_', ':' or '.', beginning with a letter or digit");
        }
        if (source.equals(target)) {
            throw new IllegalArgumentException("the clients of " + source + " are to move to " + target
                    + ", where they are; name another datacenter");
        }
        if (version < 1) {
            throw new IllegalArgumentException("the version of a move is " + version + ", which is below 1");
        }
    }

    /** Whether this one holds against another that is known. */
    public boolean isAfter(MoveOrder other) {
        int byEpoch = epoch.compareTo(other.epoch);
        return byEpoch > 0 || (byEpoch == 0 && version > other.version);
    }

    /** True for the same procedure between the same datacenters under the same epoch, at whatever stage. */
    public boolean isSameRun(MoveOrder other) {
        return run.equals(other.run)
                && epoch.equals(other.epoch)
                && source.equals(other.source)
                && target.equals(other.target);
    }

    /** True while resolvers name the target's sessions and the source closes connections. */
    public boolean isCommitted() {
        return stage == MoveStage.COMMITTED;
    }

    /** The other datacenter, as one of the two sees it; empty for a third one. */
    public Optional<DatacenterId> counterpart(DatacenterId own) {
        if (own.equals(source)) {
            return Optional.of(target);
        }
        return own.equals(target) ? Optional.of(source) : Optional.empty();
    }

    /** The datacenter that is to be held and shown whole besides the own one, while there is such a one. */
    public Optional<DatacenterId> shownBesides(DatacenterId own, long nowMillis) {
        boolean isOver = stage == MoveStage.ENDED && nowMillis - changedMillis > SHOWN_AFTER_END.toMillis();
        return isOver ? Optional.empty() : counterpart(own);
    }

    /** The same at another stage. */
    public MoveOrder at(MoveStage next, long nextVersion, long nowMillis) {
        return new MoveOrder(nextVersion, run, epoch, source, target, next, nowMillis);
    }
}
