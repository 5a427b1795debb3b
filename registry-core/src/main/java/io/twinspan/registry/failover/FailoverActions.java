package io.twinspan.registry.failover;

import java.util.concurrent.CompletionStage;

/**
 * Port: what the steps of a run do. Everything here may be asked again at any time and by another driver; an act that has been
 * carried out for (run, step) already does nothing. A stage that fails counts as {@link StepResult.Word#NOT_YET} with its reason.
 */
public interface FailoverActions {
    /** Whether the step may begin, or is in effect already; changes nothing. DONE means that it need not be carried out. */
    CompletionStage<StepResult> check(FailoverRun run, FailoverStep step);

    /** Carries it out. */
    CompletionStage<StepResult> act(FailoverRun run, FailoverStep step);

    /** Whether it is in effect now. Asked again and again; what must be renewed meanwhile is renewed here. */
    CompletionStage<StepResult> verify(FailoverRun run, FailoverStep step);

    /** Takes it back. */
    CompletionStage<StepResult> undo(FailoverRun run, FailoverStep step);
}
