package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.MetaClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells who holds the slots, and moves them. */
@Command(
        name = "slots",
        mixinStandardHelpOptions = true,
        description = {
            "Tells which data nodes hold the slots of a datacenter, and which of the 256 slots are not well: not settled, or with"
                    + " a follower that is behind.",
            "A follower that is current takes a lost leader's place within 3 s. NODE is a node's id, the beginning of it, or"
                    + " its address."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands:%n")
final class SlotsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private MetaOption meta = new MetaOption();

    @Option(names = "--all", description = "lists every slot")
    private boolean isAll;

    @Option(
            names = "-o",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json; default ${DEFAULT-VALUE}")
    private DemoStatusCommand.Format format = DemoStatusCommand.Format.TEXT;

    SlotsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        MetaClient.Answer answer = meta.client().get("/slots");
        if (!answer.isDone()) {
            surroundings.err().println("twinspan: refused by " + meta.server() + ": " + answer.message());
            return ExitCodes.FAILED;
        }
        if (format == DemoStatusCommand.Format.JSON) {
            surroundings.say(answer.json().toPrettyString());
        } else {
            new SlotsText(answer.json()).lines(isAll).forEach(surroundings::say);
        }
        return ExitCodes.OK;
    }

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description =
                    "Stops moving content between data nodes until it is resumed; lost leaders are replaced all the same.")
    int pause(@Mixin MetaOption server) {
        return server.change(surroundings, "/slots/pause", "");
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Moves what is waiting to be moved.")
    int resume(@Mixin MetaOption server) {
        return server.change(surroundings, "/slots/resume", "");
    }

    @Command(
            name = "move",
            mixinStandardHelpOptions = true,
            description = "Lets a node lead a slot, whatever the balance, until the slot is released.")
    int move(
            @Mixin MetaOption server,
            @Parameters(paramLabel = "SLOT", description = "0 to 255") int slot,
            @Parameters(paramLabel = "NODE") String node) {
        return server.change(surroundings, "/slots/move?slot=" + slot + "&node=" + MetaOption.query(node), "");
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Leaves a slot that was moved to the balance again.")
    int release(@Mixin MetaOption server, @Parameters(paramLabel = "SLOT", description = "0 to 255") int slot) {
        return server.change(surroundings, "/slots/release?slot=" + slot, "");
    }

    @Command(
            name = "evacuate",
            mixinStandardHelpOptions = true,
            description =
                    "Moves everything off a data node, for example before it is taken away. 'twinspan slots' shows when"
                            + " it holds nothing any more.")
    int evacuate(@Mixin MetaOption server, @Parameters(paramLabel = "NODE") String node) {
        return server.change(surroundings, "/slots/evacuate?node=" + MetaOption.query(node), "");
    }

    @Command(
            name = "readmit",
            mixinStandardHelpOptions = true,
            description = "Lets a data node that was evacuated hold slots again.")
    int readmit(@Mixin MetaOption server, @Parameters(paramLabel = "NODE") String node) {
        return server.change(surroundings, "/slots/readmit?node=" + MetaOption.query(node), "");
    }
}
