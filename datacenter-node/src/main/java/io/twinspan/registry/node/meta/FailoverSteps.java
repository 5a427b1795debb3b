package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.failover.FailoverActions;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.FailoverStep;
import io.twinspan.registry.failover.StepResult;
import io.twinspan.registry.message.Holdings;
import io.twinspan.registry.runtime.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What each step of a failover does. Belongs to the role's event loop. */
final class FailoverSteps implements FailoverActions {
    private final RunBrakes brakes;
    private final RunEpochs epochs;
    private final RunMoves moves;
    private final FailoverSight sight;
    private final EventLoop loop;

    FailoverSteps(RunBrakes brakes, RunEpochs epochs, RunMoves moves, FailoverSight sight, EventLoop loop) {
        this.brakes = brakes;
        this.epochs = epochs;
        this.moves = moves;
        this.sight = sight;
        this.loop = loop;
    }

    @Override
    public CompletionStage<StepResult> check(FailoverRun run, FailoverStep step) {
        return switch (step) {
            case HOLD_SHRINK -> brakes.areHeld(run);
            case WARM -> together(brakes.areWarm(run), moves.isPrepared(run));
            case IN_SYNC -> together(inSync(run), moves.isReady(run));
            case COMMIT -> now(epochs.isCommitted(run));
            case MOVE -> moves.progress(run);
            case SETTLE -> now(epochs.isSettled(run));
            case RELEASE -> together(brakes.areReleased(run), moves.isEnded(run));
        };
    }

    @Override
    public CompletionStage<StepResult> act(FailoverRun run, FailoverStep step) {
        return switch (step) {
            case HOLD_SHRINK -> brakes.hold(run);
            case WARM -> together(brakes.warm(run), moves.prepare(run));
            case IN_SYNC -> now(StepResult.done("nothing to do but to wait"));
            case COMMIT -> epochs.commit(run);
            case MOVE -> moves.move(run);
            case SETTLE -> epochs.settle(run);
            case RELEASE -> together(brakes.release(run), moves.end(run));
        };
    }

    @Override
    public CompletionStage<StepResult> verify(FailoverRun run, FailoverStep step) {
        return switch (step) {
            case HOLD_SHRINK, WARM, IN_SYNC, RELEASE -> check(run, step);
            case COMMIT, SETTLE -> now(epochs.isConfirmed(run));
            case MOVE -> moves.progress(run);
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
            case MOVE, SETTLE, RELEASE -> now(StepResult.refused("it comes after the point of no return"));
        };
    }

    private static CompletionStage<StepResult> together(
            CompletionStage<StepResult> first, CompletionStage<StepResult> second) {
        return first.thenCombine(second, RunBrakes::worse);
    }

    private CompletionStage<StepResult> inSync(FailoverRun run) {
        DatacenterId from = run.order().from();
        return sight.side(run.order().to())
                .thenApply(side -> side.of(from)
                        .map(FailoverSteps::inSync)
                        .orElse(StepResult.notYet("nothing of " + from + " is known")));
    }

    private static StepResult inSync(Holdings.OfPeer held) {
        String words = held.held() + " of " + held.known() + " services of " + held.peer() + " held, " + held.word();
        return held.word().equals("SYNCED") && held.held() >= held.known()
                ? StepResult.done(words)
                : StepResult.notYet(words);
    }

    private CompletionStage<StepResult> now(StepResult result) {
        return CompletableFuture.supplyAsync(() -> result, loop);
    }
}
