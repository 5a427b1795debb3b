package io.twinspan.registry.node.metrics;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Somebody who counts. Port; asked on any thread, from time to time. */
@FunctionalInterface
public interface MeterSource {
    /** What is counted, as of now. */
    CompletionStage<List<MeterReading>> read();
}
