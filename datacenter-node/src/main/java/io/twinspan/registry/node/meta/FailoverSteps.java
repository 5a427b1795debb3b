package io.twinspan.registry.node.meta;

import io.twinspan.registry.failover.FailoverActions;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.FailoverStep;
import io.twinspan.registry.failover.HookSteps;
import io.twinspan.registry.failover.StepResult;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What each step of a failover does. Belongs to the role's event loop. */
final class FailoverSteps implements FailoverActions {
    private final RunBrakes brakes;
    private final RunEpochs epochs;
    private final RunMoves moves;
    private final RunCounts counts;
    private final HookSteps hooks;
    private final EventLoop loop;

    FailoverSteps(Parts parts, EventLoop loop) {
        this.brakes = parts.brakes();
        this.epochs = parts.epochs();
        this.moves = parts.moves();
        this.counts = parts.counts();
        this.hooks = parts.hooks();
        this.loop = loop;
    }

    /** Who does which of the steps. */
    record Parts(RunBrakes brakes, RunEpochs epochs, RunMoves moves, RunCounts counts, HookSteps hooks) {}

    @Override
    public CompletionStage<StepResult> check(FailoverRun run, FailoverStep step) {
        return switch (step) {
            case HOLD_SHRINK -> brakes.areHeld(run);
            case WARM -> together(brakes.areWarm(run), moves.isPrepared(run));
            case IN_SYNC -> together(now(counts.isCalm(run)), together(counts.isInSync(run), moves.isReady(run)));
            case COMMIT -> now(epochs.isCommitted(run));
            case MOVE -> moves.progress(run);
            case SETTLE -> now(epochs.isSettled(run));
            case RELEASE -> together(together(brakes.areReleased(run), moves.isEnded(run)), counts.areThere(run));
            case HOOKS_FIRST, HOOKS_BEFORE_COMMIT, HOOKS_AFTER_COMMIT, HOOKS_LAST -> hooks.check(run, step);
        };
    }

    @Override
    public CompletionStage<StepResult> act(FailoverRun run, FailoverStep step) {
        return switch (step) {
            case HOLD_SHRINK -> brakes.hold(run);
            case WARM -> together(brakes.warm(run), moves.prepare(run));
            case IN_SYNC -> now(StepResult.done("nothing to do but to wait"));
            case COMMIT -> after(isStillInOrder(run), () -> epochs.commit(run));
            case MOVE -> after(held(run), () -> moves.move(run));
            case SETTLE -> epochs.settle(run);
            case RELEASE -> together(brakes.release(run), moves.end(run));
            case HOOKS_FIRST, HOOKS_BEFORE_COMMIT, HOOKS_AFTER_COMMIT, HOOKS_LAST -> hooks.act(run, step);
        };
    }

    @Override
    public CompletionStage<StepResult> verify(FailoverRun run, FailoverStep step) {
        return switch (step) {
            case HOLD_SHRINK, WARM, IN_SYNC, RELEASE -> check(run, step);
            case COMMIT, SETTLE -> now(epochs.isConfirmed(run));
            case MOVE -> moves.progress(run);
            case HOOKS_FIRST, HOOKS_BEFORE_COMMIT, HOOKS_AFTER_COMMIT, HOOKS_LAST -> hooks.verify(run, step);
        };
    }

    @Override
    public CompletionStage<StepResult> undo(FailoverRun run, FailoverStep step) {
        return switch (step) {
            case HOLD_SHRINK -> brakes.unhold(run);
            case WARM -> together(brakes.cool(run), moves.end(run));
            case IN_SYNC -> now(StepResult.done("nothing to undo"));
            // Only asked when the group has said that it did not take the decision.
            case COMMIT -> now(StepResult.done("the epoch was not committed"));
            case HOOKS_FIRST, HOOKS_BEFORE_COMMIT -> hooks.undo(run, step);
            case HOOKS_AFTER_COMMIT, MOVE, SETTLE, RELEASE, HOOKS_LAST ->
                now(StepResult.refused("it comes after the point of no return"));
        };
    }

    /**
     * Hooks take minutes, and a halted run hours: what was in order before them may not be any more. A stage of this that fails is no
     * lost answer to the commit.
     */
    private CompletionStage<StepResult> isStillInOrder(FailoverRun run) {
        if (run.order().isForced() || !run.order().steps().contains(FailoverStep.MOVE)) {
            return now(StepResult.done("not asked for"));
        }
        StepResult heard = counts.isHeard(run);
        if (!heard.isDone()) {
            return now(heard);
        }
        return together(held(run), together(counts.isInSync(run), moves.isReady(run)))
                .exceptionally(failure -> StepResult.notYet(PeerException.line(failure)));
    }

    /** Removals wait, and go on waiting. A forced run does without where it has to. */
    private CompletionStage<StepResult> held(FailoverRun run) {
        CompletionStage<StepResult> held = after(brakes.hold(run), () -> brakes.areHeld(run));
        return run.order().isForced() ? held.thenApply(any -> StepResult.done(any.text())) : held;
    }

    /** Does the second once the first is done. */
    private CompletionStage<StepResult> after(
            CompletionStage<StepResult> first, Supplier<CompletionStage<StepResult>> second) {
        return first.thenComposeAsync(
                result -> result.isDone() ? second.get() : CompletableFuture.completedFuture(result), loop);
    }

    private static CompletionStage<StepResult> together(
            CompletionStage<StepResult> first, CompletionStage<StepResult> second) {
        return first.thenCombine(second, RunBrakes::worse);
    }

    private CompletionStage<StepResult> now(StepResult result) {
        return CompletableFuture.supplyAsync(() -> result, loop);
    }
}
