package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.MetaClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps and restores what the metas of a datacenter know. */
@Command(
        name = "meta",
        mixinStandardHelpOptions = true,
        description = "Keeps what the metas of a datacenter know: members, slot table, provided configuration.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class MetaGroupCommand implements Runnable {
    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    MetaGroupCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: meta backup FILE, meta restore FILE or meta rebuild");
    }

    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            description =
                    "Writes what the metas know into a file. It holds all provided configuration: keep it as safe.")
    int backup(
            @Mixin MetaOption server, @Parameters(paramLabel = "FILE", description = "must not exist yet") Path file) {
        if (Files.exists(file)) {
            surroundings.err().println("twinspan: " + file + " exists already; nothing was written");
            return ExitCodes.REFUSED;
        }
        MetaClient.Answer answer = server.client().get("/meta/backup");
        if (!answer.isDone()) {
            surroundings.err().println("twinspan: refused by " + server.server() + ": " + answer.message());
            return ExitCodes.FAILED;
        }
        try {
            Files.writeString(file, answer.body());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + file + ": " + failure.getMessage(), failure);
        }
        surroundings.say(file + ": " + answer.json().path("members").asInt(0) + " members, "
                + answer.json().path("provided").asInt(0) + " provided values of "
                + answer.json().path("datacenter").asString(""));
        return ExitCodes.OK;
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description =
                    "Gives a new, empty group of metas what a backup knows. Sessions and data nodes that remember the earlier"
                            + " group follow the new one from then on.")
    int restore(@Mixin MetaOption server, @Parameters(paramLabel = "FILE") Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            surroundings.err().println("twinspan: " + file + " is not a file that can be read");
            return ExitCodes.REFUSED;
        }
        try {
            return server.change(surroundings, "/meta/restore", Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    @Command(
            name = "rebuild",
            mixinStandardHelpOptions = true,
            description = {
                "For when the majority of the metas is lost for good: the one at --server begins a new group of its own with"
                        + " what it knows, while data and session nodes go on. Ask the survivor whose /health/check names it;"
                        + " of several, one only.",
                "Add further metas afterwards with /manage/changePeer. Lost members that come back step aside by themselves."
            })
    int rebuild(
            @Mixin MetaOption server,
            @Option(
                            names = "--majority-is-lost",
                            required = true,
                            description = "says that you know: what only the others knew is gone")
                    boolean isConfirmed) {
        if (!isConfirmed) {
            throw new ParameterException(spec.commandLine(), "--majority-is-lost is not given");
        }
        return server.change(surroundings, "/manage/rebuild?confirm=majority-lost", "");
    }
}
