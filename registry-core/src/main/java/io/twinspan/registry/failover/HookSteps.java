package io.twinspan.registry.failover;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The steps of a failover that operators' hooks do: one after the other in the order they are configured, undone the other way round.
 * A hook whose {@code verify} succeeds already is not acted again.
 */
public final class HookSteps implements FailoverActions {
    /** Nobody has a hook. */
    public static final HookSteps NONE = new HookSteps(
            List.of(), (hook, part, run) -> CompletableFuture.completedFuture(StepResult.done("nothing to do")));

    /** Most hooks of a datacenter. */
    public static final int MOST_HOOKS = 20;

    private final List<FailoverHook> hooks;
    private final HookRunner runner;

    /** @throws IllegalArgumentException when there are more than {@link #MOST_HOOKS} */
    public HookSteps(List<FailoverHook> hooks, HookRunner runner) {
        if (hooks.size() > MOST_HOOKS) {
            throw new IllegalArgumentException(hooks.size() + " failover hooks are more than " + MOST_HOOKS);
        }
        this.hooks = List.copyOf(hooks);
        this.runner = runner;
    }

    /** The steps at which there are hooks. */
    public Set<FailoverStep> places() {
        Set<FailoverStep> places = EnumSet.noneOf(FailoverStep.class);
        hooks.forEach(hook -> places.add(hook.at()));
        return places;
    }

    @Override
    public CompletionStage<StepResult> check(FailoverRun run, FailoverStep step) {
        String names = at(step).stream().map(FailoverHook::name).collect(Collectors.joining(", "));
        return CompletableFuture.completedFuture(
                names.isEmpty() ? StepResult.done("no hooks here") : StepResult.notYet("hooks " + names));
    }

    @Override
    public CompletionStage<StepResult> act(FailoverRun run, FailoverStep step) {
        CompletionStage<StepResult> all = CompletableFuture.completedFuture(StepResult.done(""));
        for (FailoverHook hook : at(step)) {
            all = all.thenCompose(before ->
                    before.isDone() ? act(run, hook).thenApply(result -> after(before, result)) : done(before));
        }
        return all;
    }

    @Override
    public CompletionStage<StepResult> verify(FailoverRun run, FailoverStep step) {
        CompletionStage<StepResult> all = CompletableFuture.completedFuture(StepResult.done(""));
        for (FailoverHook hook : at(step)) {
            all = all.thenCompose(before ->
                    before.isDone() ? isInEffect(run, hook).thenApply(result -> after(before, result)) : done(before));
        }
        return all;
    }

    /** All of the step are taken back, also those that it had not come to; one that cannot be keeps no other from it. */
    @Override
    public CompletionStage<StepResult> undo(FailoverRun run, FailoverStep step) {
        CompletionStage<StepResult> all = CompletableFuture.completedFuture(StepResult.done(""));
        List<FailoverHook> backwards = new ArrayList<>(at(step));
        Collections.reverse(backwards);
        for (FailoverHook hook : backwards) {
            if (!hook.undo().isBlank()) {
                all = all.thenCompose(before -> part(run, hook, FailoverHook.Part.UNDO)
                        .thenApply(result -> before.isDone() ? after(before, result) : after(result, before)));
            }
        }
        return all;
    }

    private CompletionStage<StepResult> act(FailoverRun run, FailoverHook hook) {
        return hook.verify().isBlank()
                ? part(run, hook, FailoverHook.Part.ACT)
                : part(run, hook, FailoverHook.Part.VERIFY)
                        .thenCompose(seen -> seen.isDone() ? done(seen) : part(run, hook, FailoverHook.Part.ACT));
    }

    /** What is not in effect yet may still get so: names take their time. */
    private CompletionStage<StepResult> isInEffect(FailoverRun run, FailoverHook hook) {
        return hook.verify().isBlank()
                ? CompletableFuture.completedFuture(StepResult.done(hook.name() + " done"))
                : part(run, hook, FailoverHook.Part.VERIFY)
                        .thenApply(seen -> seen.isDone()
                                ? StepResult.done(hook.name() + " done and verified")
                                : StepResult.notYet(seen.text()));
    }

    private CompletionStage<StepResult> part(FailoverRun run, FailoverHook hook, FailoverHook.Part part) {
        return runner.run(hook, part, run)
                .exceptionally(failure -> StepResult.refused(String.valueOf(failure.getMessage())))
                .thenApply(result -> result.isDone()
                        ? result
                        : StepResult.refused("hook " + hook.name() + ", " + part + ": " + result.text()));
    }

    private static CompletionStage<StepResult> done(StepResult result) {
        return CompletableFuture.completedFuture(result);
    }

    private static StepResult after(StepResult before, StepResult result) {
        return before.text().isEmpty() || !result.isDone()
                ? result
                : new StepResult(before.word(), before.text() + "; " + result.text());
    }

    private List<FailoverHook> at(FailoverStep step) {
        return hooks.stream().filter(hook -> hook.at() == step).toList();
    }
}
