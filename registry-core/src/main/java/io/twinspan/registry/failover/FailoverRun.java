package io.twinspan.registry.failover;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.message.SessionTotals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run as its journal has it.
 *
 * <pre>
 * RUNNING --a hook fails--&gt; HALTED --resume--&gt; RUNNING
 * RUNNING --all steps done--&gt; DONE        RUNNING, before the commit --abort, or a step that cannot be--&gt; ABORTING --all undone--&gt; ABORTED
 * REHEARSED is the end of a run that moved nothing.
 * </pre>
 *
 * @param id of the run; names its tokens and orders
 * @param order what was asked for
 * @param revision rises with each writing, so that of two drivers one notices
 * @param at index into the steps of the order: the one that is next, or that is next to be undone
 * @param isBegun true once it was written that the step is being carried out
 * @param notes what was done, the oldest first, at most {@link #MOST_NOTES}
 * @param endedMillis 0 while it runs
 */
public record FailoverRun(
        String id,
        Order order,
        long revision,
        State state,
        int at,
        boolean isBegun,
        List<Note> notes,
        long endedMillis) {
    /** Most notes kept; more would only repeat themselves. */
    public static final int MOST_NOTES = 60;

    /** Longest text of a note, in characters. */
    public static final int LONGEST_NOTE = 500;

    /** Where a run is. */
    public enum State {
        /** Its steps are being carried out. */
        RUNNING,
        /** A hook of the operator has failed, and nothing goes on before somebody says how. */
        HALTED,
        /** What was done is being undone. */
        ABORTING,
        /** Everything that was done is undone. */
        ABORTED,
        /** Every step is done, or was given up with a note. */
        DONE,
        /** It was walked through and moved nothing. */
        REHEARSED
    }

    /**
     * What was asked for.
     *
     * @param from the datacenter that was active; the target itself when none was
     * @param basis the epoch that the plan was computed on; null when nothing had been decided
     * @param isForced true when what cannot be done is given up with a note
     * @param steps in their order; a forced run without the other side has fewer
     * @param before what clients had registered on both sides when it began
     */
    public record Order(
            DatacenterId from,
            DatacenterId to,
            @Nullable FederationEpoch basis,
            boolean isForced,
            boolean isRehearsal,
            long startedMillis,
            List<FailoverStep> steps,
            SessionTotals before) {
        /** Copies; refuses a run without steps. */
        public Order {
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("a run needs steps");
            }
        }

        /** True when clients come to a datacenter that is active already, and nothing is decided on duty. */
        public boolean isGathering() {
            return !steps.contains(FailoverStep.COMMIT);
        }
    }

    /** What was done at a time. */
    public record Note(long atMillis, String text) {
        /** Shortens. */
        public Note {
            text = text.length() > LONGEST_NOTE ? text.substring(0, LONGEST_NOTE) : text;
        }
    }

    /** Copies, and keeps the first note and the newest others. */
    public FailoverRun {
        if (notes.size() > MOST_NOTES) {
            List<Note> kept = new ArrayList<>(List.of(notes.get(0)));
            kept.addAll(notes.subList(notes.size() - MOST_NOTES + 1, notes.size()));
            notes = kept;
        }
        notes = List.copyOf(notes);
    }

    /** A run that has not begun. */
    public static FailoverRun first(String id, Order order, String why) {
        return new FailoverRun(id, order, 1, State.RUNNING, 0, false, List.of(new Note(order.startedMillis(), why)), 0);
    }

    /** True while it is not over. */
    public boolean isRunning() {
        return state == State.RUNNING || state == State.HALTED || state == State.ABORTING;
    }

    /** The step that is next. */
    public FailoverStep step() {
        return order.steps().get(at);
    }

    /** True when the epoch may have been committed by this run, or its clients be on their way, so that it cannot be undone any more. */
    public boolean isPastCommit() {
        int commit = order.steps().indexOf(order.isGathering() ? FailoverStep.MOVE : FailoverStep.COMMIT);
        boolean isUnderWay = state == State.RUNNING || state == State.HALTED;
        return state == State.DONE || (isUnderWay && (at > commit || (at == commit && isBegun)));
    }

    /** It is being carried out from now on. */
    FailoverRun begun() {
        return with(state, at, true, notes, 0);
    }

    /** It is done, and the next one is next. */
    FailoverRun stepDone(long nowMillis, String text) {
        List<Note> more = noted(nowMillis, step() + ": " + text);
        return at + 1 < order.steps().size()
                ? with(State.RUNNING, at + 1, false, more, 0)
                : with(order.isRehearsal() ? State.REHEARSED : State.DONE, at, false, more, nowMillis);
    }

    /** A hook has failed, and nobody drives the run until it is resumed or aborted. */
    FailoverRun halted(long nowMillis, String why) {
        String how = "HALTED at " + step() + ": " + why + ". 'twinspan failover resume --to " + order.to()
                + "' tries it again, with --skip it goes on without"
                + (isPastCommit() ? "" : "; 'twinspan failover abort --to " + order.to() + "' undoes the run");
        return with(State.HALTED, at, false, noted(nowMillis, how), 0);
    }

    /** An operator lets a halted run go on. */
    public FailoverRun resumed(long nowMillis, boolean isSkipping) {
        if (state != State.HALTED) {
            throw new IllegalStateException("run " + id + " is " + state);
        }
        return isSkipping
                ? stepDone(nowMillis, "SKIPPED by an operator")
                : with(State.RUNNING, at, false, noted(nowMillis, "resumed by an operator"), 0);
    }

    /** Everything is to be undone, beginning with the step that is next now. */
    public FailoverRun aborting(long nowMillis, String why) {
        return with(State.ABORTING, at, false, noted(nowMillis, "abort: " + why), 0);
    }

    /** The step is undone, and the one before it is next. */
    FailoverRun undone(long nowMillis, String text) {
        List<Note> more = noted(nowMillis, step() + " undone: " + text);
        return at > 0 ? with(State.ABORTING, at - 1, false, more, 0) : with(State.ABORTED, 0, false, more, nowMillis);
    }

    private List<Note> noted(long nowMillis, String text) {
        List<Note> more = new ArrayList<>(notes);
        more.add(new Note(nowMillis, text));
        return more;
    }

    private FailoverRun with(State nextState, int nextAt, boolean begins, List<Note> nextNotes, long ended) {
        return new FailoverRun(id, order, revision + 1, nextState, nextAt, begins, nextNotes, ended);
    }
}
