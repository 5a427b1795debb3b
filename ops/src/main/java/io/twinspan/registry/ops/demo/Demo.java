package io.twinspan.registry.ops.demo;

import io.twinspan.registry.ops.demo.DemoStatus.PartStatus;
import io.twinspan.registry.ops.demo.DemoStatus.ProcessStatus;
import io.twinspan.registry.ops.host.ProcessUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A demo that may or may not be running: asked how it is, stopped, cleaned away. It is run by {@link DemoRun}. */
public final class Demo {
    static final Path PROC = Path.of("/proc");

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final DemoHome home;
    private final Consumer<String> say;
    private final DemoStateFile stateFile;

    /** @param say takes each line for the user */
    public Demo(DemoHome home, Consumer<String> say) {
        this.home = home;
        this.say = say;
        this.stateFile = new DemoStateFile(home.stateFile());
    }

    /** Asks every process and every part once. */
    public DemoStatus status() {
        Optional<DemoState> state = stateFile.load();
        HealthProbe probe = new HealthProbe();
        Layout layout = state.map(DemoState::layout).orElse(Layout.ONE);
        List<ProcessStatus> processes = state.map(DemoState::processes).orElse(List.of()).stream()
                .map(process -> statusOf(process, layout, probe))
                .toList();
        boolean isRunning = processes.stream().anyMatch(ProcessStatus::isAlive);
        boolean isHealthy = isRunning
                && processes.stream()
                        .allMatch(process ->
                                process.isAlive() && process.health().stream().allMatch(PartStatus::isHealthy));
        return new DemoStatus(
                home.root().toString(),
                layout.optionName(),
                isRunning,
                isHealthy,
                state.map(DemoState::version).orElse(""),
                state.map(DemoState::startedAt).orElse(""),
                processes);
    }

    /** Ends every process and waits until it is gone; false when nothing ran. */
    public boolean stop() {
        Optional<DemoState> state = stateFile.load();
        if (state.isEmpty()) {
            return false;
        }
        boolean wasRunning = state.get().isAnyAlive();
        end(stopping());
        stateFile.delete();
        return wasRunning;
    }

    /**
     * Removes the folder with everything in it; false when there was none.
     *
     * @throws DemoRefusedException while the demo runs, and when the folder is not a demo's
     */
    public boolean clean() {
        Path root = home.root();
        if (!Files.exists(root)) {
            return false;
        }
        if (stateFile.load().filter(DemoState::isAnyAlive).isPresent()) {
            throw new DemoRefusedException("the demo of " + root + " is running; stop it first with 'twinspan demo stop"
                    + home.option() + "'");
        }
        if (!Files.exists(home.versionFile()) && !isEmptyOrLocked(root)) {
            throw new DemoRefusedException("the folder " + root + " was not made by a demo (it holds no file "
                    + home.versionFile().getFileName() + "); nothing was removed");
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the folder " + root + " cannot be removed: " + failed.getMessage(), failed);
        }
        return true;
    }

    /** Marks the demo as being stopped, so that nothing is started any more, and tells what there is to end. */
    List<RunningProcess> stopping() {
        List<RunningProcess> found = new ArrayList<>();
        stateFile.whileLocked(() -> stateFile.load().ifPresent(state -> {
            stateFile.save(state.stopping());
            found.addAll(state.processes());
        }));
        return found;
    }

    void end(List<RunningProcess> processes) {
        new Ending(STOP_PATIENCE, say).end(processes);
    }

    private boolean isEmptyOrLocked(Path root) {
        try (Stream<Path> inside = Files.list(root)) {
            return inside.allMatch(path -> path.equals(home.lockFile()));
        } catch (IOException failed) {
            throw new UncheckedIOException("the folder " + root + " cannot be read", failed);
        }
    }

    private static ProcessStatus statusOf(RunningProcess process, Layout layout, HealthProbe probe) {
        boolean isAlive = process.isAlive();
        long resident =
                isAlive ? new ProcessUsage(PROC).residentBytes(process.pid()).orElse(0L) >> 20 : 0;
        List<PartStatus> parts = Vital.of(layout).stream()
                .filter(vital -> vital.process().equals(process.name()))
                .map(vital -> {
                    Health health = isAlive ? vital.probe(probe) : new Health(false, "the process has ended");
                    return new PartStatus(
                            vital.name(), vital.endpoint().toString(), health.isHealthy(), health.detail());
                })
                .toList();
        String roles = layout.find(process.name()).map(DemoNode::roleNames).orElse("broker");
        return new ProcessStatus(process.name(), roles, process.pid(), isAlive, resident, process.log(), parts);
    }
}
