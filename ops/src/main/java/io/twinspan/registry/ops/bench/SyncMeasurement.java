package io.twinspan.registry.ops.bench;

import io.twinspan.registry.ops.demo.Installation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Something that is measured between two datacenters which are started for it alone. */
interface SyncMeasurement {
    /**
     * What a measurement is given.
     *
     * @param folder for what is started
     * @param say takes lines of progress
     */
    record Place(Installation installation, SyncLoad load, Path folder, InstantSource clock, Consumer<String> say) {
        /** Two datacenters, not started yet. */
        LinkedSides sides() {
            return new LinkedSides(installation, new SidesOrder(folder, load.heap(), load.portOffset(), false));
        }

        SyncCrowd crowd(BenchSide side, String name, int services) {
            return new SyncCrowd(side.session(), name, load.fill(services), clock);
        }
    }

    /**
     * Starts what it needs, measures, and ends all of it.
     *
     * @throws BenchException when nothing can be measured
     */
    List<SyncFigure> measure(Place place);
}
