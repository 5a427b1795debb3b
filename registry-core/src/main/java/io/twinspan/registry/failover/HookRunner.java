package io.twinspan.registry.failover;

import java.util.concurrent.CompletionStage;

/** Port: does a part of a hook, once. */
public interface HookRunner {
    /**
     * Does it within the hook's time.
     *
     * @return DONE when it succeeded, else REFUSED with what it said; a stage that fails counts as the latter
     */
    CompletionStage<StepResult> run(FailoverHook hook, FailoverHook.Part part, FailoverRun run);
}
