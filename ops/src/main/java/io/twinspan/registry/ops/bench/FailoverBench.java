package io.twinspan.registry.ops.bench;

import io.twinspan.registry.ops.demo.Installation;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Starts two datacenters and their clients for each row that is asked for, and measures how the clients change sides. */
public final class FailoverBench {
    private final Installation installation;
    private final InstantSource clock;
    private final Consumer<String> say;

    /** @param say takes lines of progress */
    public FailoverBench(Installation installation, InstantSource clock, Consumer<String> say) {
        this.installation = installation;
        this.clock = clock;
        this.say = say;
    }

    /**
     * Measures these rows, one after the other.
     *
     * @param onFigure told of each figure as soon as it is there
     * @return true when every figure is what it is to be
     * @throws BenchException when nothing can be measured
     */
    public boolean run(FailoverLoad load, Collection<FailoverRow> rows, Consumer<SyncFigure> onFigure) {
        Limits.checkUnused(load.folder());
        boolean isReached = true;
        for (FailoverRow row : new TreeSet<>(rows)) {
            say.accept("starting two datacenters for '" + row.optionName() + "'");
            List<SyncFigure> figures =
                    row.measurement().measure(new FailoverPlace(installation, load.in(row.optionName()), clock, say));
            figures.forEach(onFigure);
            isReached &= figures.stream().allMatch(SyncFigure::isReached);
        }
        return isReached;
    }
}
