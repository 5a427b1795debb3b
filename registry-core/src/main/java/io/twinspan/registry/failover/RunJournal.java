package io.twinspan.registry.failover;

import java.util.concurrent.CompletionStage;

/** Port: where a run is written down before anything that follows from it is done. */
public interface RunJournal {
    /**
     * Stores the run in place of its last writing.
     *
     * @return empty when it is stored; else why not, for example because another driver has gone on with the run
     */
    CompletionStage<String> write(FailoverRun run);
}
