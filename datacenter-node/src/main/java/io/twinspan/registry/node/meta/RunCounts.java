package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.failover.FailoverFacts;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.StepResult;
import io.twinspan.registry.message.Holdings;
import io.twinspan.registry.message.SessionTotals;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a run looks at before clients are moved, and after: that the link is calm, that nothing is lacking, that all have come. */
final class RunCounts {
    /** So much of what was registered before is there afterwards. */
    static final int LEAST_PERCENT = 99;

    /** How long the other side must have been heard without a gap before clients are sent over. */
    static final Duration CALM_FOR = Duration.ofSeconds(30);

    private final FailoverSight sight;
    private final DutyDesk duty;

    RunCounts(FailoverSight sight, DutyDesk duty) {
        this.sight = sight;
        this.duty = duty;
    }

    /** Whether the link has been stable for long enough. A forced run does not wait for that. */
    StepResult isCalm(FailoverRun run) {
        DatacenterId from = run.order().from();
        Duration calm = duty.exchange().calmFor(from);
        String words = from + " has been heard without a gap for " + calm.toSeconds() + " s";
        return run.order().isForced() || calm.compareTo(CALM_FOR) >= 0
                ? StepResult.done(words)
                : StepResult.notYet(words + " of " + CALM_FOR.toSeconds());
    }

    /** Whether the other side is there now. */
    StepResult isHeard(FailoverRun run) {
        DatacenterId from = run.order().from();
        return duty.isHeard(from)
                ? StepResult.done(from + " is heard")
                : StepResult.notYet(from + " is not heard; without it only a forced run commits");
    }

    /** Whether the target holds what the other side has announced. */
    CompletionStage<StepResult> isInSync(FailoverRun run) {
        DatacenterId from = run.order().from();
        return sight.side(run.order().to())
                .thenApply(side -> side.of(from)
                        .map(RunCounts::inSync)
                        .orElse(StepResult.notYet("nothing of " + from + " is known")));
    }

    /** Whether both sides together have what was registered on both before, but for the little that comes and goes always. */
    CompletionStage<StepResult> areThere(FailoverRun run) {
        SessionTotals before = run.order().before();
        CompletionStage<SessionTotals> source =
                run.order().from().equals(run.order().to())
                        ? CompletableFuture.completedFuture(SessionTotals.NONE)
                        : sight.side(run.order().from()).thenApply(FailoverFacts.Side::totals);
        return sight.side(run.order().to())
                .thenApply(FailoverFacts.Side::totals)
                .thenCombine(source, SessionTotals::plus)
                .thenApply(now -> {
                    List<String> lacking = now.below(before, LEAST_PERCENT);
                    return lacking.isEmpty()
                            ? StepResult.done(now + " registered; before: " + before)
                            : StepResult.notYet("only " + String.join(", ", lacking) + " are registered");
                });
    }

    private static StepResult inSync(Holdings.OfPeer held) {
        String words = held.held() + " of " + held.known() + " services of " + held.peer() + " held, " + held.word();
        return held.word().equals("SYNCED") && held.held() >= held.known()
                ? StepResult.done(words)
                : StepResult.notYet(words);
    }
}
