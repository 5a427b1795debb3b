package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.RoleNodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Peers' services that became empty too many at once, and are still taken to be there. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        description = {
            "When more than 30 %% of a peer's services become empty within a minute, more likely its registry has lost"
                    + " them than its applications have all gone: they are held until the peer's leader is asked about one"
                    + " and says so itself, or until they are released."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class SyncHoldCommand implements Runnable {
    /** Most services named by each data node. */
    static final int MOST_NAMED = 1_000;

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    SyncHoldCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: sync hold list or sync hold release");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Names the services that are held, with the version under which they were said to be empty.")
    int list(@Mixin DataNodesOption meta, @Mixin FormatOption format) {
        SyncNodes nodes = new SyncNodes(meta.dataNodes().get("/digest/sync/held?top=" + MOST_NAMED));
        Map<String, Map<String, String>> held = held(nodes);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("peers", held);
        fields.put("problems", nodes.problems());
        List<String> lines = new ArrayList<>();
        held.forEach((peer, services) -> services.forEach(
                (service, version) -> lines.add("peer " + peer + " " + service + ": empty since version " + version)));
        if (lines.isEmpty()) {
            lines.add("Nothing is held.");
        }
        format.say(surroundings, fields, lines);
        return SyncCommand.exitCode(surroundings, nodes, nodes.problems().isEmpty());
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Says that a peer's services that are held have really gone. Exit code 3 when none is held.")
    int release(@Mixin DataNodesOption meta, @Option(names = "--peer", required = true) String peer) {
        List<RoleNodes.Answer> answers =
                meta.dataNodes().post("/digest/sync/release?peer=" + MetaOption.query(peer), Map.of());
        int released = 0;
        for (RoleNodes.Answer answer : answers) {
            // Each data node knows all services of a peer, so they all name the same ones.
            released = Math.max(released, answer.body().path("released").asInt(0));
        }
        surroundings.say(released + " services of " + peer + " released");
        return Quarantines.exitCode(surroundings, answers, released > 0 ? ExitCodes.OK : ExitCodes.NOTHING_THERE);
    }

    private static Map<String, Map<String, String>> held(SyncNodes nodes) {
        Map<String, Map<String, String>> held = new LinkedHashMap<>();
        nodes.byPeer().forEach((peer, said) -> {
            Map<String, String> services = new TreeMap<>();
            said.forEach(each -> each.body()
                    .path("services")
                    .forEach(service -> services.put(
                            service.path("dataInfoId").asString(""),
                            service.path("version").asString(""))));
            held.put(peer, services);
        });
        return held;
    }
}
