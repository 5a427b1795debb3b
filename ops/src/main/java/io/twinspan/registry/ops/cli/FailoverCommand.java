package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.MetaClient;
import io.twinspan.registry.ops.client.RunWatch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Moves the federation to another datacenter. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = {
            "Makes another datacenter the active one, and moves the clients there.",
            "",
            "'plan' changes nothing and says GO or NO-GO with the reasons. 'run' does it, step by step; each step is written"
                    + " down by the metas of the target, so that the run goes on when one of them dies. Committing the epoch is"
                    + " the point of no return: before it 'abort' undoes everything, after it 'back' is a new run."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class FailoverCommand implements Runnable {
    private static final String PATH = "/failover/v1/";

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    FailoverCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: failover plan, run, status, resume, abort, back, gather or rehearse");
    }

    /** Where to. */
    static final class Target {
        @Option(
                names = "--to",
                paramLabel = "DATACENTER",
                required = true,
                description = "the datacenter that is to become active")
        private String to = "";
    }

    /** How a run is begun and watched. */
    static final class How {
        @Option(
                names = "--force",
                description =
                        "run although the plan says NO-GO, and give up what cannot be done; the answer says what that is")
        private boolean isForced;

        @Option(names = "--no-wait", description = "begin it and return at once")
        private boolean isLeft;
    }

    @Command(
            name = "plan",
            mixinStandardHelpOptions = true,
            description = {
                "Tells what a run would find and do, and whether it should. Changes nothing.",
                "Exit code 0 for GO, 1 for NO-GO."
            })
    int plan(@Mixin MetaOption server, @Mixin Target target, @Mixin FormatOption format) {
        MetaClient.Answer answer = server.client().get(PATH + "plan?to=" + MetaOption.query(target.to));
        if (!answer.isDone()) {
            return refused(server, answer);
        }
        if (format.isJson()) {
            surroundings.say(answer.json().toPrettyString());
        } else {
            FederationText.plan(answer.json()).forEach(surroundings::say);
        }
        return answer.json().path("go").asBoolean(false) ? ExitCodes.OK : ExitCodes.FAILED;
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Does it, and tells each step. Exit code 1 when it was refused, or undone.")
    int start(
            @Mixin MetaOption server,
            @Mixin Target target,
            @Mixin How how,
            @Option(
                            names = "--plan",
                            paramLabel = "PLAN",
                            description = "as 'plan' named it: refused when the state it was computed on is gone")
                    @Nullable
                    String plan) {
        Map<String, Object> body = body(target.to, how, false);
        if (plan != null) {
            body.put("plan", plan);
        }
        return begin(server, target.to, how, body);
    }

    @Command(
            name = "rehearse",
            mixinStandardHelpOptions = true,
            description = "Walks through all steps without moving anything, and leaves a dated report in 'status'.")
    int rehearse(@Mixin MetaOption server, @Mixin Target target) {
        return begin(server, target.to, new How(), body(target.to, new How(), true));
    }

    @Command(
            name = "back",
            mixinStandardHelpOptions = true,
            description = "A new run, to where the last one to the asked datacenter came from.")
    int back(@Mixin MetaOption server, @Mixin How how) {
        MetaClient.Answer answer = server.client().get(PATH + "status");
        if (!answer.isDone()) {
            return refused(server, answer);
        }
        String to = FederationText.lastFrom(answer.json());
        if (to.isEmpty()) {
            surroundings
                    .err()
                    .println("twinspan: no run to "
                            + answer.json().path("datacenter").asString("")
                            + " has been done; ask the datacenter that is active now, or name one with"
                            + " 'failover run --to'");
            return ExitCodes.NOTHING_THERE;
        }
        return begin(server, to, how, body(to, how, false));
    }

    @Command(
            name = "gather",
            mixinStandardHelpOptions = true,
            description = {
                "Moves the clients that are still at another datacenter to the active one, make before break, and"
                        + " decides nothing on duty. For a datacenter that has come back, once it is in sync and its link"
                        + " is calm."
            })
    int gather(
            @Mixin MetaOption server,
            @Mixin Target target,
            @Option(names = "--from", paramLabel = "DATACENTER", required = true, description = "where the clients are")
                    String from,
            @Mixin How how) {
        Map<String, Object> body = body(target.to, how, false);
        body.put("from", from);
        return begin(server, target.to, how, body);
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Tells the runs of which a datacenter is or was the target, the newest first.")
    int status(
            @Mixin MetaOption server,
            @Option(
                            names = "--to",
                            paramLabel = "DATACENTER",
                            description = "the target; default: the asked datacenter")
                    @Nullable
                    String to,
            @Mixin FormatOption format) {
        MetaClient.Answer answer = server.client().get(statusPath(to));
        if (!answer.isDone()) {
            return refused(server, answer);
        }
        if (format.isJson()) {
            surroundings.say(answer.json().toPrettyString());
        } else {
            FederationText.runs(answer.json()).forEach(surroundings::say);
        }
        return ExitCodes.OK;
    }

    @Command(
            name = "abort",
            mixinStandardHelpOptions = true,
            description = "Undoes a run that has not committed its epoch. Refused after that.")
    int abort(@Mixin MetaOption server, @Mixin Target target) {
        return server.change(surroundings, PATH + "abort", FederationCommand.json(Map.of("to", target.to)));
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = {
                "Lets a run go on that a failing hook has halted: the hooks of that place are tried again.",
                "Exit code 1 when it is halted again, or was undone."
            })
    int resume(
            @Mixin MetaOption server,
            @Mixin Target target,
            @Option(names = "--skip", description = "go on without the hooks of that place") boolean isSkipping) {
        return follow(
                server,
                target.to,
                server.client()
                        .post(PATH + "resume", FederationCommand.json(Map.of("to", target.to, "skip", isSkipping))),
                false);
    }

    private static Map<String, Object> body(String to, How how, boolean isRehearsal) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("to", to);
        body.put("force", how.isForced);
        body.put("rehearse", isRehearsal);
        return body;
    }

    private int begin(MetaOption server, String to, How how, Map<String, Object> body) {
        return follow(server, to, server.client().post(PATH + "run", FederationCommand.json(body)), how.isLeft);
    }

    /** Tells what a run does from now on, until it is over or halted. */
    private int follow(MetaOption server, String to, MetaClient.Answer answer, boolean isLeft) {
        if (!answer.isDone()) {
            return refused(server, answer);
        }
        surroundings.say(answer.message());
        String run = answer.json().path("runs").path(0).path("run").asString("");
        if (isLeft) {
            return ExitCodes.OK;
        }
        String state =
                new RunWatch(server.client(), statusPath(to), run, note -> surroundings.say("  " + note)).watch();
        surroundings.say(
                state.isEmpty()
                        ? "run " + run + " goes on; 'twinspan failover status' tells how far it is"
                        : "run " + run + " is " + state);
        boolean isOver = state.equals("DONE") || state.equals("REHEARSED");
        return isOver ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private static String statusPath(@Nullable String to) {
        return PATH + "status" + (to == null ? "" : "?to=" + MetaOption.query(to));
    }

    private int refused(MetaOption server, MetaClient.Answer answer) {
        surroundings.err().println("twinspan: refused by " + server.server() + ": " + answer.message());
        return ExitCodes.FAILED;
    }
}
