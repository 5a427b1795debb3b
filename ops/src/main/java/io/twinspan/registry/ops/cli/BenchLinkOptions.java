package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.bench.SyncBench;
import io.twinspan.registry.ops.bench.SyncLoad;
import io.twinspan.registry.ops.bench.SyncRow;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is measured between two datacenters that the load tool starts itself. */
final class BenchLinkOptions {
    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "an empty or new folder for two datacenters to be started in; it is not removed")
    private @Nullable Path folder;

    @Option(
            names = "--only",
            paramLabel = "ROW",
            split = ",",
            description = "with --folder: only these of ${COMPLETION-CANDIDATES}, separated by commas")
    private List<SyncRow> only = List.of(SyncRow.values());

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "1g",
            description = "with --folder: heap of each node, as in -Xmx; default ${DEFAULT-VALUE}")
    private String heap = "1g";

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "2000",
            description = "with --folder: added to the default ports of the east; the west has 100 more; default"
                    + " ${DEFAULT-VALUE}")
    private int portOffset;

    @Option(
            names = "--services",
            paramLabel = "N",
            defaultValue = "100000",
            description = "with --folder: services known in PULL and IDLE; default ${DEFAULT-VALUE}")
    private int services;

    @Option(
            names = "--cut-changes",
            paramLabel = "N",
            defaultValue = "10000",
            description = "with --folder: changes on each side in CUT; default ${DEFAULT-VALUE}")
    private int cutChanges;

    @Option(
            names = "--cut-seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "with --folder: how long CUT cuts; default ${DEFAULT-VALUE}")
    private int cutSeconds;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "10",
            description = "with --folder: runs of each kind in LOSS; default ${DEFAULT-VALUE}")
    private int runs;

    boolean isAsked() {
        return folder != null;
    }

    int run(Surroundings surroundings) {
        if (folder == null) {
            throw new IllegalStateException("no folder was named");
        }
        SyncLoad load = new SyncLoad(folder, heap, portOffset, services, cutChanges, cutSeconds, runs);
        SyncBench bench = new SyncBench(
                surroundings.installation(),
                surroundings.clock(),
                line -> surroundings.err().println(line));
        boolean isReached = bench.run(load, only, figure -> figure.lines().forEach(surroundings::say));
        return isReached ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
