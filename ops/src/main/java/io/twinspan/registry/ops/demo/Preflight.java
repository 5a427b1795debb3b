package io.twinspan.registry.ops.demo;

import io.twinspan.registry.ops.host.MemoryReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The checks before anything starts. They change nothing; each gives its own message. */
final class Preflight {
    /** Number of the folder's layout and of what the processes keep in it; raised when an older demo could not be read. */
    private static final String DATA_FORMAT = "1";

    private final DemoHome home;
    private final Installation installation;
    private final Layout layout;
    private final Path proc;

    Preflight(DemoHome home, Installation installation, Layout layout, Path proc) {
        this.layout = layout;
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
        otherLayout().ifPresent(problems::add);
        tooLittleMemory(new MemoryReading(proc)).ifPresent(problems::add);
        Optional<String> missing =
                missingHosts(PortCheck.missingHosts(layout.nodes().stream().map(DemoNode::host)));
        missing.ifPresent(problems::add);
        if (missing.isEmpty()) {
            problems.addAll(new PortCheck(proc).inUse(PortCheck.wanted(layout)));
        }
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
        if (!home.hasData()) {
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

    /** The datacenters of two layouts have the same names, and one broker cannot carry the announcements of both. */
    Optional<String> otherLayout() {
        if (!home.hasData()) {
            return Optional.empty();
        }
        String found;
        try {
            found = Files.readString(home.layoutFile()).trim();
        } catch (IOException fromBeforeThereWereLayouts) {
            found = Layout.ONE.optionName();
        }
        return found.equals(layout.optionName())
                ? Optional.empty()
                : Optional.of(
                        "the folder " + home.root() + " holds data of layout '" + found + "', and this is layout '"
                                + layout.optionName() + "'. Remove it with '" + installation.command() + " demo clean"
                                + home.option() + "', or keep it and use another folder with --home DIR.");
    }

    Optional<String> missingHosts(List<String> missing) {
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "layout '" + layout.optionName() + "' gives each machine of a datacenter a loopback address"
                                + " of its own, and this computer cannot listen on " + String.join(", ", missing)
                                + ". Linux has all of 127.0.0.0/8 at once; elsewhere run '" + installation.command()
                                + " demo', where each datacenter is one process on 127.0.0.1.");
    }

    Optional<String> tooLittleMemory(MemoryReading memory) {
        OptionalLong available = memory.available();
        if (available.isEmpty() || available.getAsLong() >> 20 >= layout.neededMiB()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "too little memory: %d MiB are free and the demo's %d processes need about %d MiB. Close something%s and try"
                        + " again.",
                available.getAsLong() >> 20,
                layout.processes().size(),
                layout.neededMiB(),
                layout == Layout.ONE ? "" : ", or take '--layout one',"));
    }
}
