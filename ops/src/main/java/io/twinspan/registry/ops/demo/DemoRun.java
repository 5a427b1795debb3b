package io.twinspan.registry.ops.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run of the demo, from the checks to the end. Whatever way it ends, Ctrl-C included, the processes end with it, unless they
 * were to stay.
 */
public final class DemoRun {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final DemoHome home;
    private final Installation installation;
    private final Layout layout;
    private final Consumer<String> say;
    private final InstantSource clock;
    private final DemoStateFile stateFile;
    private final Object changing = new Object();

    /** Guarded by {@code changing}, because the hook that runs at Ctrl-C is another thread. */
    private final List<RunningProcess> processes = new ArrayList<>();

    /** Guarded by {@code changing}; once true nothing is started any more. */
    private boolean isEnding;

    /** @param say takes each line for the user */
    public DemoRun(DemoHome home, Installation installation, Layout layout, Consumer<String> say, InstantSource clock) {
        this.layout = layout;
        this.home = home;
        this.installation = installation;
        this.say = say;
        this.clock = clock;
        this.stateFile = new DemoStateFile(home.stateFile());
    }

    /**
     * Runs the demo: detached it returns when the story is told, otherwise when somebody has stopped the demo.
     *
     * @param tale what is played
     *
     * @throws DemoRefusedException when a check says no; nothing has been started
     * @throws DemoFailedException when something went wrong later; everything has been ended
     */
    public void run(boolean isDetached, Tale tale) {
        refuseProblems();
        createFolder();
        try (FileChannel channel =
                FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            takeLock(channel);
            Thread hook = new Thread(this::onInterrupt, "demo-end");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                start(isDetached);
                tell(isDetached, tale);
                if (!isDetached) {
                    stayUntilStopped();
                }
            } catch (RuntimeException failed) {
                onFailure(failed);
            } finally {
                disarm(hook);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "the folder " + home.root() + " cannot be written: " + failed.getMessage(), failed);
        }
    }

    private void refuseProblems() {
        List<String> problems = new Preflight(home, installation, layout, Demo.PROC).problems();
        if (!problems.isEmpty()) {
            throw new DemoRefusedException(
                    problems.size() == 1 ? problems.get(0) : "\n  - " + String.join("\n  - ", problems));
        }
    }

    private void createFolder() {
        try {
            Files.createDirectories(home.root());
            for (String process : layout.processes()) {
                Files.createDirectories(home.logs(process));
                Files.createDirectories(home.temporary(process));
            }
            writeConfiguration(layout.east(), layout.west());
            writeConfiguration(layout.west(), layout.east());
            Files.writeString(home.layoutFile(), layout.optionName() + "\n");
            Files.writeString(home.versionFile(), Preflight.versionText(installation.version()) + "\n");
        } catch (IOException failed) {
            throw new DemoRefusedException(
                    "the folder " + home.root() + " cannot be written (" + failed + "); name another with --home DIR");
        }
    }

    private void writeConfiguration(Site site, Site peer) throws IOException {
        for (DemoNode node : site.nodes()) {
            Path yaml = home.nodeYaml(node);
            Files.createDirectories(yaml.getParent());
            Files.writeString(yaml, NodeYaml.text(node, site, peer, home));
        }
    }

    /** Held until the channel is closed: as long as this run starts or stays. */
    private void takeLock(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() == null) {
                throw beingStarted();
            }
        } catch (OverlappingFileLockException sameProcess) {
            throw beingStarted();
        }
    }

    private DemoRefusedException beingStarted() {
        return new DemoRefusedException(
                "another 'twinspan demo' is starting in " + home.root() + "; wait for it or stop it");
    }

    private void start(boolean isDetached) {
        CommandLines commands = new CommandLines(installation, home);
        say.accept("Starting two datacenters (" + layout.nodes().size() + " processes) and a Kafka broker in "
                + home.root());
        launch(DemoHome.KAFKA, commands.broker(), isDetached);
        for (DemoNode node : layout.nodes()) {
            launch(node.name(), commands.node(node), isDetached);
        }
        new StartupWatch(new HealthProbe(), layout.startPatience(), say).await(started(), Vital.of(layout));
    }

    private void tell(boolean isDetached, Tale tale) {
        StoryText text = new StoryText(home, layout, installation.command());
        if (tale == Tale.FAILOVER) {
            new FailoverStory(layout, new ThisStage(), say, installation.command()).perform();
            text.ending(isDetached).forEach(say);
            return;
        }
        Story story = new StoryTeller(layout).perform();
        text.lines(story, started(), isDetached).forEach(say);
    }

    /** The running demo, as far as a story may break it. */
    private final class ThisStage implements FailoverStory.Stage {
        @Override
        public void kill(Site site) {
            stateFile.load().map(DemoState::processes).orElse(List.of()).stream()
                    .filter(process -> names(site).contains(process.name()))
                    .flatMap(process -> process.find().stream())
                    .forEach(ProcessHandle::destroyForcibly);
        }

        @Override
        public void start(Site site) {
            new DemoRestart(home, installation, say).start(names(site));
        }

        private static List<String> names(Site site) {
            return site.nodes().stream().map(DemoNode::name).toList();
        }
    }

    private void launch(String name, List<String> command, boolean isDetached) {
        Launcher launcher = Launcher.ofPath();
        synchronized (changing) {
            if (isEnding) {
                return;
            }
            stateFile.whileLocked(() -> {
                RunningProcess process = launcher.start(name, command, home.data(name), newConsole(name));
                processes.add(process);
                stateFile.save(new DemoState(
                        installation.version(), clock.instant().toString(), layout, isDetached, false, processes));
                say.accept("  " + name + " started, pid " + process.pid() + ", log " + process.log());
            });
        }
    }

    private Path newConsole(String name) {
        Path console = home.console(name);
        try {
            Files.deleteIfExists(console);
        } catch (IOException failed) {
            throw new UncheckedIOException("the log " + console + " cannot be removed", failed);
        }
        return console;
    }

    private List<RunningProcess> started() {
        synchronized (changing) {
            return List.copyOf(processes);
        }
    }

    private void stayUntilStopped() {
        ProcessNews news = new ProcessNews(started(), installation.command() + " demo start", home.option());
        while (!isStoppedFromOutside()) {
            stateFile
                    .load()
                    .map(DemoState::processes)
                    .map(news::since)
                    .orElse(List.of())
                    .forEach(say);
            try {
                // A process that ends wakes nobody here: it has to be looked at.
                Thread.sleep(LOOK_EVERY.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new DemoFailedException("interrupted");
            }
        }
        new Demo(home, say).end(started());
        if (!isEndedHere()) {
            say.accept("Stopped by 'twinspan demo stop'.");
        }
    }

    private boolean isEndedHere() {
        synchronized (changing) {
            return isEnding;
        }
    }

    /** Processes that are being ended on purpose look like failures from here; those are not reported. */
    private void onFailure(RuntimeException failed) {
        if (isEndedHere()) {
            return;
        }
        if (isStoppedFromOutside()) {
            new Demo(home, say).end(started());
            throw new DemoFailedException("stopped by 'twinspan demo stop' before it was healthy");
        }
        say.accept("Ending what was started …");
        end();
        throw failed;
    }

    /** True as well when the hook of Ctrl-C has removed the state; it then has the last word. */
    private boolean isStoppedFromOutside() {
        Optional<DemoState> state = stateFile.load();
        return !started().isEmpty() && (state.isEmpty() || state.get().isStopping());
    }

    private void onInterrupt() {
        say.accept("");
        say.accept("Stopping the demo …");
        end();
        say.accept("Stopped. Its data stays in " + home.root() + " for the next time; 'twinspan demo clean"
                + home.option() + "' removes it.");
    }

    private void end() {
        List<RunningProcess> all;
        synchronized (changing) {
            isEnding = true;
            all = List.copyOf(processes);
        }
        List<RunningProcess> written = new Demo(home, say).stopping();
        new Demo(home, say).end(written.isEmpty() ? all : written);
        stateFile.delete();
    }

    private static void disarm(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook is running: it ends the processes, and this thread ends with the virtual machine.
            assert hook.isAlive();
        }
    }
}
