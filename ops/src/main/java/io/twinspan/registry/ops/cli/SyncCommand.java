package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.MetaClient;
import io.twinspan.registry.ops.client.RoleNodes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** The sync between datacenters, seen from one of them. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "Tells how a datacenter stands with its peers, and proves that both sides agree. It speaks of what this"
                    + " datacenter knows of its peers: ask the other side for the other direction.",
            "A peer is SYNCED, LAGGING (something is missing and seen to), STALE (for long), UNREACHABLE, INCOMPATIBLE"
                    + " (waiting will not help, the reason is said) or OFF; heard on path kafka, direct or none."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = SyncHoldCommand.class)
final class SyncCommand implements Runnable {
    /** Longer than a data node takes to compare. */
    private static final Duration VERIFY_PATIENCE = Duration.ofSeconds(100);

    private static final String POLICIES = "/policies";
    private static final String WITHDRAWN = "withdrawn";

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    SyncCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: sync status, verify, lag, hold, withdraw or restore");
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = {
                "Tells of each peer: state, path and since when, lag in versions and seconds, pulls, bytes, fetches,"
                        + " breaker.",
                "Exit code 1 when a peer is not SYNCED or a data node does not answer, 3 without peers."
            })
    int status(@Mixin DataNodesOption meta, @Mixin FormatOption format) {
        SyncNodes nodes = new SyncNodes(meta.dataNodes().get("/digest/sync"));
        SyncStanding standing = new SyncStanding(nodes);
        format.say(surroundings, standing.fields(), standing.lines());
        return exitCode(surroundings, nodes, standing.isWell());
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Compares what every data node here knows of each peer with what that peer's leaders say, at equal"
                        + " (epoch, sequence) of each slot, and names the services that differ, with both versions. What"
                        + " is merely on its way is no difference.",
                "Exit code 0 only when everything could be compared and agrees."
            })
    int verify(
            @Mixin DataNodesOption meta,
            @Mixin FormatOption format,
            @Option(
                            names = "--deep",
                            description =
                                    "also with what the peer's leaders really hold, and what is held here of the peer")
                    boolean isDeep,
            @Option(names = "--all", description = "lists every slot with the (epoch, sequence) of both sides")
                    boolean isAll) {
        List<RoleNodes.Answer> answers =
                meta.dataNodes().withPatience(VERIFY_PATIENCE).get("/digest/sync/verify?deep=" + isDeep);
        SyncNodes nodes = new SyncNodes(answers);
        SyncProof proof = new SyncProof(nodes, isDeep);
        format.say(surroundings, proof.fields(), proof.lines(isAll));
        return exitCode(surroundings, nodes, proof.isAgreed());
    }

    @Command(
            name = "lag",
            mixinStandardHelpOptions = true,
            description =
                    "Names what is behind: slots of which something announced is missing, and services wanted here of"
                            + " which a newer version was announced than is held. The longest first.")
    int lag(
            @Mixin DataNodesOption meta,
            @Mixin FormatOption format,
            @Option(names = "--top", paramLabel = "N", defaultValue = "10", description = "default ${DEFAULT-VALUE}")
                    int top) {
        if (top < 1 || top > SyncHoldCommand.MOST_NAMED) {
            throw new ParameterException(spec.commandLine(), "--top is not from 1 to " + SyncHoldCommand.MOST_NAMED);
        }
        SyncNodes nodes = new SyncNodes(meta.dataNodes().get("/digest/sync/lag?top=" + top));
        SyncLagText lag = new SyncLagText(nodes, top);
        format.say(surroundings, lag.fields(), lag.lines());
        return exitCode(surroundings, nodes, nodes.problems().isEmpty());
    }

    @Command(
            name = "withdraw",
            mixinStandardHelpOptions = true,
            description =
                    "Declares a peer lost, in the whole datacenter and until it is restored: what is held of it is"
                            + " shown only where there are no providers of one's own.")
    int withdraw(@Mixin MetaOption server, @Option(names = "--peer", required = true) String peer) {
        return decide(server, policies -> PolicyRows.with(policies, all(peer), Map.of(WITHDRAWN, "yes")));
    }

    @Command(name = "restore", mixinStandardHelpOptions = true, description = "Takes 'withdraw' back.")
    int restore(@Mixin MetaOption server, @Option(names = "--peer", required = true) String peer) {
        return decide(server, policies -> PolicyRows.without(policies, all(peer), WITHDRAWN));
    }

    /** What is to be said of nodes that did not answer, and the exit code. */
    static int exitCode(Surroundings surroundings, SyncNodes nodes, boolean isWell) {
        nodes.problems()
                .forEach((node, problem) -> surroundings.err().println("twinspan: data node " + node + ": " + problem));
        if (nodes.isAlone()) {
            surroundings.err().println("twinspan: this datacenter has no peers configured");
            return ExitCodes.NOTHING_THERE;
        }
        return isWell ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private static PolicyRows.Key all(String peer) {
        return new PolicyRows.Key(peer, "*", "*");
    }

    private int decide(MetaOption server, Function<JsonNode, @Nullable String> edit) {
        MetaClient.Answer before = server.client().get(POLICIES);
        String body = before.isDone() ? edit.apply(before.json()) : null;
        if (before.isDone() && body == null) {
            surroundings.err().println("twinspan: that peer is not withdrawn");
            return ExitCodes.NOTHING_THERE;
        }
        MetaClient.Answer answer = body == null ? before : server.client().put(POLICIES, body);
        if (!answer.isDone()) {
            surroundings.err().println("twinspan: refused by " + server.server() + ": " + answer.message());
            return ExitCodes.FAILED;
        }
        surroundings.say(answer.message());
        return ExitCodes.OK;
    }
}
