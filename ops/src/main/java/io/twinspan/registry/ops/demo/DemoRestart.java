package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts processes of a running demo again that have ended, each on what it left on disk. */
public final class DemoRestart {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A node sends its clients away first. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    /** A process that was killed is still there until the system has taken back its memory. */
    private static final Duration LAST_BREATH = Duration.ofSeconds(5);

    private final DemoHome home;
    private final Installation installation;
    private final Consumer<String> say;
    private final DemoStateFile stateFile;

    /** @param say takes each line for the user */
    public DemoRestart(DemoHome home, Installation installation, Consumer<String> say) {
        this.home = home;
        this.installation = installation;
        this.say = say;
        this.stateFile = new DemoStateFile(home.stateFile());
    }

    /** Every process that has ended, in the order of starting; empty when all run, and when there is no demo. */
    public List<String> ended() {
        return stateFile.load().map(DemoState::processes).orElse(List.of()).stream()
                .filter(process -> !process.isAlive())
                .map(RunningProcess::name)
                .toList();
    }

    /** True when there is a demo to start something in, also when all of its processes have ended. */
    public boolean isThere() {
        return stateFile.load().isPresent();
    }

    /**
     * The processes that are meant, by name, by host, or by {@code host:port} of one of their ports.
     *
     * @throws DemoRefusedException when a text means none, or several
     */
    public List<String> named(List<String> texts) {
        DemoState state = running();
        List<String> names = new ArrayList<>();
        for (String text : texts) {
            List<String> found = state.processes().stream()
                    .map(RunningProcess::name)
                    .filter(name -> name.equals(text)
                            || state.layout()
                                    .find(name)
                                    .filter(node -> answersAt(node, text))
                                    .isPresent())
                    .toList();
            if (found.size() != 1) {
                throw new DemoRefusedException("'" + text + "' means "
                        + (found.isEmpty() ? "no process of the demo" : "any of " + String.join(", ", found))
                        + "; name one of " + names(state));
            }
            names.add(found.get(0));
        }
        return names;
    }

    /**
     * Ends them in order and starts them again.
     *
     * @throws DemoRefusedException as {@link #start} does
     * @throws DemoFailedException when they are not well within a minute; they go on running
     */
    public void restart(List<String> names) {
        List<RunningProcess> meant =
                names.stream().flatMap(name -> running().find(name).stream()).toList();
        meant.forEach(process -> say.accept("  " + process.name() + " is ended, pid " + process.pid()));
        new Ending(STOP_PATIENCE, say).end(meant);
        start(names);
    }

    /**
     * Starts them all, then waits until they are well.
     *
     * @throws DemoRefusedException when a name is unknown, its process lives, or its ports are taken; nothing was started
     * @throws DemoFailedException when they are not well within a minute; they go on running
     */
    public void start(List<String> names) {
        List<RunningProcess> started = new ArrayList<>();
        stateFile.whileLocked(() -> {
            DemoState state = running();
            refuseProblems(state, names);
            for (String name : names) {
                RunningProcess process = launch(state, name);
                started.add(process);
                state = state.with(process);
                stateFile.save(state);
            }
        });
        Layout layout = stateFile.load().map(DemoState::layout).orElse(Layout.ONE);
        List<Vital> vitals = Vital.of(layout).stream()
                .filter(vital -> names.contains(vital.process()))
                .toList();
        try {
            new StartupWatch(new HealthProbe(), PATIENCE, say).await(started, vitals);
        } catch (DemoFailedException late) {
            throw new DemoFailedException(late.getMessage() + "\nWhat was started goes on running; '"
                    + installation.command() + " demo status" + home.option() + "' tells how it is.");
        }
    }

    private DemoState running() {
        return stateFile
                .load()
                .filter(found -> !found.isStopping())
                .orElseThrow(() -> new DemoRefusedException("no demo is running in " + home.root()));
    }

    private static String names(DemoState state) {
        return String.join(
                ", ", state.processes().stream().map(RunningProcess::name).toList());
    }

    private static boolean answersAt(DemoNode node, String text) {
        return node.host().equals(text)
                || node.ports().stream()
                        .anyMatch(port -> node.endpoint(port).toString().equals(text));
    }

    private void refuseProblems(DemoState state, List<String> names) {
        Map<Endpoint, String> wanted = new LinkedHashMap<>();
        for (String name : names) {
            Optional<RunningProcess> known = state.find(name);
            if (known.isEmpty()) {
                throw new DemoRefusedException(
                        "the demo of " + home.root() + " has no process '" + name + "'; it has " + names(state));
            }
            if (!Ending.awaitEnd(known.get(), LAST_BREATH)) {
                throw new DemoRefusedException(name + " is running, pid "
                        + known.get().pid() + "; end it first, for example with 'kill -9 "
                        + known.get().pid() + "'");
            }
            wanted.putAll(
                    state.layout().find(name).map(PortCheck::wanted).orElse(Map.of(Layout.KAFKA, "the Kafka broker")));
        }
        List<String> taken = new PortCheck(Demo.PROC).inUse(wanted);
        if (!taken.isEmpty()) {
            throw new DemoRefusedException(String.join("\n", taken));
        }
    }

    private RunningProcess launch(DemoState state, String name) {
        CommandLines commands = new CommandLines(installation, home);
        List<String> command = state.layout().find(name).map(commands::node).orElseGet(commands::broker);
        RunningProcess process = Launcher.ofPath().start(name, command, home.data(name), home.console(name));
        say.accept("  " + name + " started, pid " + process.pid() + ", log " + process.log());
        return process;
    }
}
