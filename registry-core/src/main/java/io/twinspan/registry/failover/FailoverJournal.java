package io.twinspan.registry.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The runs of which a datacenter is or was the target.
 *
 * @param runs the newest first, at most {@link #MOST_RUNS}; one of them at most is running
 */
public record FailoverJournal(List<FailoverRun> runs) {
    /** No run yet. */
    public static final FailoverJournal EMPTY = new FailoverJournal(List.of());

    /** Most runs kept. */
    public static final int MOST_RUNS = 20;

    /** Copies, and forgets the oldest. */
    public FailoverJournal {
        runs = List.copyOf(runs.subList(0, Math.min(runs.size(), MOST_RUNS)));
    }

    /** The one that has not ended. */
    public Optional<FailoverRun> running() {
        return runs.stream().filter(FailoverRun::isRunning).findFirst();
    }

    /** A run by its id. */
    public Optional<FailoverRun> find(String id) {
        return runs.stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /** Why this writing of a run cannot be taken; empty when it can. The same writing twice is none. */
    public String refusal(FailoverRun next) {
        Optional<FailoverRun> known = find(next.id());
        if (known.isPresent()) {
            return known.get().equals(next) || next.revision() == known.get().revision() + 1
                    ? ""
                    : "run " + next.id() + " is at writing " + known.get().revision() + ", this is writing "
                            + next.revision() + "; another meta has gone on with it";
        }
        if (next.revision() != 1) {
            return "run " + next.id() + " is not known";
        }
        return running()
                .map(run -> "run " + run.id() + " to " + run.order().to() + " is not over yet; see 'twinspan"
                        + " failover status', or abort it")
                .orElse("");
    }

    /** The journal with this writing; called only without {@link #refusal}. */
    public FailoverJournal with(FailoverRun next) {
        List<FailoverRun> all = new ArrayList<>();
        all.add(next);
        runs.stream().filter(run -> !run.id().equals(next.id())).forEach(all::add);
        return new FailoverJournal(all);
    }
}
