package io.twinspan.registry.ops.bench;

import java.util.List;

/** Something that is measured while clients change their datacenter. */
interface FailoverMeasurement {
    /**
     * Starts what it needs, measures, and ends all of it.
     *
     * @throws BenchException when nothing can be measured
     */
    List<SyncFigure> measure(FailoverPlace place);
}
