package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.demo.Installation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the simulator of the tests in a process of its own. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Runs whole datacenters in one thread, seed by seed, with crashes, partitions and clocks that jump.",
            "Ends with 1 when an invariant did not hold, and names seed, invariant and the command to see it again.",
            "--seed runs one seed and prints what its nodes say and everything that happened to them."
        })
final class SimulateCommand implements Callable<Integer> {
    /** The kinds of faults that a seed stands for; the simulator's own names. */
    enum Climate {
        STORM,
        CALM,
        HEADLESS,
        ISLAND,
        GROWING,
        FEDERATION
    }

    private static final String MAIN = "io.twinspan.registry.it.simulation.SimulateSeeds";
    private static final String PLANTED_MAIN = "io.twinspan.registry.it.simulation.FindPlantedFaults";
    private static final String TABLE_MAIN = "io.twinspan.registry.it.simulation.FaultTable";
    private static final int HEAP_MEGABYTES_PER_JOB = 512;

    private final Surroundings surroundings;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1000",
            description = "how many seeds; default ${DEFAULT-VALUE}")
    private long seeds;

    @Option(
            names = "--from",
            paramLabel = "S",
            defaultValue = "1",
            description = "the first of them; default ${DEFAULT-VALUE}")
    private long from;

    @Option(
            names = "--jobs",
            paramLabel = "K",
            defaultValue = "2",
            description = "how many run at the same time; default ${DEFAULT-VALUE}")
    private int jobs;

    @Option(names = "--seed", paramLabel = "S", description = "this seed alone, and all that can be said of it")
    private @Nullable Long seed;

    @Option(
            names = "--planted",
            description =
                    "which seed finds each of the faults that can be planted; ends with 1 when none finds one of them")
    private boolean isPlanted;

    @Option(
            names = "--table",
            description =
                    "for each fault between datacenters and each invariant: in how many of the seeds the fault was active"
                            + " while the invariant was checked with something to check; ends with 1 when one is 0")
    private boolean isTable;

    @Option(
            names = "--climate",
            paramLabel = "CLIMATE",
            description = "only seeds of one kind of faults, which are then --seeds many, counted from --from:"
                    + " ${COMPLETION-CANDIDATES}")
    private @Nullable Climate climate;

    SimulateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seeds < 1 || jobs < 1) {
            throw new IllegalArgumentException("--seeds and --jobs must be at least 1");
        }
        if (climate != null && (seed != null || isPlanted || isTable)) {
            throw new IllegalArgumentException(
                    "--climate picks seeds, which --seed, --planted and --table do themselves");
        }
        for (Path folder : folders(surroundings.installation().root()).toList()) {
            if (!Files.exists(folder)) {
                surroundings
                        .err()
                        .println("twinspan: not built: " + folder
                                + ". Start through ops/bin/twinspan, which builds what is missing.");
                return ExitCodes.REFUSED;
            }
        }
        Process simulator = new ProcessBuilder(command(surroundings.installation()))
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::destroy, "simulator-end"));
        return simulator.waitFor();
    }

    private List<String> command(Installation installation) {
        Long one = seed;
        int threads = one == null ? jobs : 1;
        String classes = folders(installation.root())
                .map(each ->
                        Files.isDirectory(each) && each.endsWith("lib") ? each + File.separator + "*" : each.toString())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> line = new ArrayList<>(List.of(
                installation.java().toString(),
                "-Xmx" + HEAP_MEGABYTES_PER_JOB * threads + "m",
                "-XX:+UseSerialGC",
                "-Dsofa.middleware.log.disable=true",
                "-cp",
                classes,
                isTable ? TABLE_MAIN : isPlanted ? PLANTED_MAIN : MAIN,
                installation.command(),
                String.valueOf(one == null ? from : one),
                String.valueOf(one == null ? seeds : 1),
                String.valueOf(threads)));
        if (climate != null) {
            line.add(climate.name());
        }
        return line;
    }

    private static Stream<Path> folders(Path root) {
        return Stream.of(
                        "it-tests/target/test-classes",
                        "registry-core/target/test-classes",
                        "cross-dc-sync/target/test-classes",
                        "datacenter-node/target/classes",
                        "datacenter-node/target/lib")
                .map(root::resolve);
    }
}
