package io.twinspan.registry.failover;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.message.SessionTotals;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Two datacenters as a run sees them, and a driver that dies at a chosen call, before or after the call has done what it does. */
final class SteppedWorld implements FailoverActions, RunJournal {
    /** The steps of a run without hooks. */
    static final List<FailoverStep> PLAIN =
            Stream.of(FailoverStep.values()).filter(step -> !step.isHooks()).toList();

    private static final Duration LONG = Duration.ofMinutes(20);

    final ManualEventLoop loop = new ManualEventLoop();
    final Set<String> inEffect = new TreeSet<>();
    final List<String> commits = new ArrayList<>();
    final Map<FailoverStep, StepResult> answers = new EnumMap<>(FailoverStep.class);
    final Set<FailoverStep> failing = EnumSet.noneOf(FailoverStep.class);
    final Set<FailoverStep> neverVerified = EnumSet.noneOf(FailoverStep.class);
    FailoverJournal journal = FailoverJournal.EMPTY;
    int calls;
    int lostCommits;
    private int dyingCall = -1;
    private boolean isAfterEffect;
    private boolean isDead;
    private FailoverDriver driver = driver();

    FailoverRun begin(boolean isForced, boolean isRehearsal, FailoverStep... steps) {
        FailoverRun.Order order = new FailoverRun.Order(
                new DatacenterId("east"),
                new DatacenterId("west"),
                new FederationEpoch(7, new DatacenterId("east")),
                isForced,
                isRehearsal,
                1_000,
                steps.length == 0 ? PLAIN : List.of(steps),
                SessionTotals.NONE);
        FailoverRun first = FailoverRun.first("f1", order, "GO");
        journal = journal.with(first);
        return first;
    }

    /** Drives the run that the journal has, until nothing happens any more. */
    void drive() {
        driver.drive(run());
        loop.advance(LONG);
    }

    /** The driver dies at this call; nobody hears of the answer, and nobody acts. */
    void dieAt(int call, boolean afterEffect) {
        dyingCall = call;
        isAfterEffect = afterEffect;
    }

    /** Another meta leads and reads the journal. */
    void takeOver() {
        dyingCall = -1;
        isDead = false;
        driver.stop();
        driver();
        if (run().isRunning()) {
            drive();
        }
    }

    /** An operator lets a halted run go on, and whichever meta leads does. */
    void resume(boolean isSkipping) {
        journal = journal.with(run().resumed(3_000, isSkipping));
        driver();
        drive();
    }

    /** The same, and an operator wants the run undone. */
    void takeOverAndAbort() {
        dyingCall = -1;
        isDead = false;
        driver.stop();
        driver();
        if (run().isRunning()) {
            if (!run().isPastCommit()) {
                abort();
            }
            drive();
        }
    }

    /** It is written that the run is to be undone, and whoever drives it is told. */
    void abort() {
        journal = journal.with(run().aborting(3_000, "asked for"));
        driver.abort(run());
    }

    /** A new driver, which is the one that drives from now on. */
    FailoverDriver driver() {
        driver = new FailoverDriver(this, this, loop, () -> 2_000, DriverSettings.standard());
        return driver;
    }

    FailoverDriver driving() {
        return driver;
    }

    FailoverRun run() {
        return journal.runs().get(0);
    }

    @Override
    public CompletionStage<String> write(FailoverRun run) {
        return call(() -> {
            String refusal = journal.refusal(run);
            if (refusal.isEmpty()) {
                journal = journal.with(run);
            }
            return refusal;
        });
    }

    @Override
    public CompletionStage<StepResult> check(FailoverRun run, FailoverStep step) {
        StepResult planted = answers.get(step);
        return call(() -> planted != null ? planted : isDone(step));
    }

    @Override
    public CompletionStage<StepResult> act(FailoverRun run, FailoverStep step) {
        if (step == FailoverStep.COMMIT && lostCommits > 0) {
            lostCommits--;
            return CompletableFuture.failedFuture(new IllegalStateException("no majority answers"));
        }
        return call(() -> {
            switch (step) {
                case HOLD_SHRINK, WARM, MOVE, SETTLE -> inEffect.add(step.name());
                case HOOKS_FIRST, HOOKS_BEFORE_COMMIT, HOOKS_AFTER_COMMIT, HOOKS_LAST -> {
                    if (failing.contains(step)) {
                        return StepResult.refused("exit code 1");
                    }
                    inEffect.add(step.name());
                }
                case COMMIT -> {
                    commits.add("8/west");
                    inEffect.add(step.name());
                }
                case RELEASE -> inEffect.removeAll(Set.of("HOLD_SHRINK", "WARM"));
                case IN_SYNC -> {}
            }
            return StepResult.done("acted");
        });
    }

    @Override
    public CompletionStage<StepResult> verify(FailoverRun run, FailoverStep step) {
        return call(() -> neverVerified.contains(step)
                ? StepResult.notYet("not verified")
                : step == FailoverStep.IN_SYNC ? StepResult.done("in sync") : isDone(step));
    }

    @Override
    public CompletionStage<StepResult> undo(FailoverRun run, FailoverStep step) {
        return call(() -> {
            inEffect.remove(step.name());
            return StepResult.done("undone");
        });
    }

    private StepResult isDone(FailoverStep step) {
        boolean isDone = step == FailoverStep.RELEASE
                ? !inEffect.contains("HOLD_SHRINK") && !inEffect.contains("WARM")
                : inEffect.contains(step.name());
        return isDone ? StepResult.done("in effect") : StepResult.notYet("not in effect");
    }

    private <R> CompletionStage<R> call(Supplier<R> effect) {
        if (isDead) {
            return new CompletableFuture<>();
        }
        int number = calls++;
        if (number == dyingCall) {
            isDead = true;
            CompletableFuture<R> never = new CompletableFuture<>();
            return isAfterEffect
                    ? CompletableFuture.completedFuture(effect.get()).thenCompose(unheard -> never)
                    : never;
        }
        return CompletableFuture.completedFuture(effect.get());
    }
}
