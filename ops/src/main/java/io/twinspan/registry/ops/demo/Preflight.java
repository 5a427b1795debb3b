package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.ops.host.Listeners;
import io.twinspan.registry.ops.host.MemoryReading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The checks before anything starts. They change nothing; each gives its own message. */
final class Preflight {
    /** Three Java processes of the demo, measured together, and some room. */
    static final long NEEDED_BYTES = 1_200L << 20;

    /** Number of the folder's layout and of what the processes keep in it; raised when an older demo could not be read. */
    private static final String DATA_FORMAT = "1";

    private static final int SHOWN_OF_COMMAND = 100;

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final DemoHome home;
    private final Installation installation;
    private final Path proc;

    Preflight(DemoHome home, Installation installation, Path proc) {
        this.home = home;
        this.installation = installation;
        this.proc = proc;
    }

    /** What stands in the way, most telling first; empty when the demo can start. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        alreadyRunning().ifPresent(problems::add);
        if (!problems.isEmpty()) {
            return problems;
        }
        missingJars().ifPresent(problems::add);
        otherVersion().ifPresent(problems::add);
        tooLittleMemory(new MemoryReading(proc)).ifPresent(problems::add);
        problems.addAll(portsInUse(wantedPorts()));
        return problems;
    }

    /** What a folder says that this version has written. */
    static String versionText(String version) {
        return "twinspan " + version + " data " + DATA_FORMAT;
    }

    Optional<String> alreadyRunning() {
        return new DemoStateFile(home.stateFile())
                .load()
                .filter(DemoState::isAnyAlive)
                .map(state -> {
                    List<String> alive = state.processes().stream()
                            .filter(RunningProcess::isAlive)
                            .map(process -> process.name() + " pid " + process.pid())
                            .toList();
                    return "a demo of " + home.root() + " is already running (" + String.join(", ", alive)
                            + "). Look at it with '" + installation.command() + " demo status" + home.option()
                            + "', end it with '"
                            + installation.command() + " demo stop" + home.option() + "'.";
                });
    }

    Optional<String> missingJars() {
        List<Path> missing = installation.missing();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "not built: " + missing + ". Start through ops/bin/twinspan, which builds what is missing.");
    }

    Optional<String> otherVersion() {
        String own = versionText(installation.version());
        boolean hasData = Files.exists(home.root().resolve("data"));
        if (!hasData) {
            return Optional.empty();
        }
        String found;
        try {
            found = Files.readString(home.versionFile()).trim();
        } catch (IOException unreadable) {
            found = "an unknown version";
        }
        return found.equals(own)
                ? Optional.empty()
                : Optional.of("the folder " + home.root() + " holds data of '" + found + "', and this is '" + own
                        + "'. Remove it with '" + installation.command()
                        + " demo clean" + home.option() + "', or keep it and use another folder with --home DIR.");
    }

    static Optional<String> tooLittleMemory(MemoryReading memory) {
        OptionalLong available = memory.available();
        if (available.isEmpty() || available.getAsLong() >= NEEDED_BYTES) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "too little memory: %d MiB are free and the demo's three processes need about %d MiB. Close something and try"
                        + " again.",
                available.getAsLong() >> 20,
                NEEDED_BYTES >> 20));
    }

    List<String> portsInUse(Map<Integer, String> wanted) {
        Listeners listeners = new Listeners(proc);
        List<String> problems = new ArrayList<>();
        wanted.forEach((port, wantedBy) -> {
            if (!isFree(port)) {
                problems.add("port " + port + " (" + wantedBy + ") is in use" + describeOwner(listeners, port)
                        + ". End that process, or let it use another port.");
            }
        });
        return problems;
    }

    /** Every port the demo opens, with what opens it. */
    static Map<Integer, String> wantedPorts() {
        Map<Integer, String> wanted = new LinkedHashMap<>();
        wanted.put(Site.KAFKA.port(), "the Kafka broker");
        for (Site site : Site.ALL) {
            for (NodePort port : NodePort.values()) {
                wanted.put(site.endpoint(port).port(), site.name() + "'s " + port.configName());
            }
        }
        return wanted;
    }

    private static String describeOwner(Listeners listeners, int port) {
        return listeners
                .find(port)
                .map(pid -> " by pid " + pid
                        + listeners
                                .command(pid)
                                .map(Preflight::shortened)
                                .map(command -> " (" + command + ")")
                                .orElse(""))
                .orElse(" by a process that cannot be seen from here");
    }

    private static String shortened(String command) {
        return command.length() <= SHOWN_OF_COMMAND ? command : command.substring(0, SHOWN_OF_COMMAND) + "…";
    }

    /** With reuse of addresses, as the servers do it: connections that linger from the last run do not count. */
    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
