package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.rolling.JournalFile;
import io.twinspan.registry.ops.rolling.Rolling;
import io.twinspan.registry.ops.rolling.RollingJournal;
import io.twinspan.registry.ops.rolling.RollingOutcome;
import io.twinspan.registry.ops.rolling.RollingPlan;
import io.twinspan.registry.ops.rolling.RollingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Restarts all nodes of a datacenter, one after the other. */
@Command(
        name = "rolling-restart",
        mixinStandardHelpOptions = true,
        description = {
            "Restarts all nodes of a datacenter by a command of yours: metas first and their leader last, then data nodes,"
                    + " then sessions; a node with several roles counts as all of them.",
            "",
            "Removals wait meanwhile (push is in hold-shrink, with an owner of its own), so that no client's list gets"
                    + " shorter. Each node has to be well in a new life, its slots settled and 99 %% of what was registered"
                    + " back, before the next is touched; otherwise it halts there, says why, and goes on with --resume.",
            "",
            "Exit code 1 when it halted, 5 when something is not well before the start; then nothing was touched."
        })
final class RollingRestartCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private MetaOption server = new MetaOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(
            names = "--dc",
            required = true,
            paramLabel = "DATACENTER",
            description = "which datacenter is meant; refused when the asked meta is of another")
    private String datacenter = "";

    @Option(
            names = "--with",
            paramLabel = "COMMAND",
            description =
                    "restarts one node, and is run by sh: {node} is its name, {host} its host, {address} host and HTTP port;"
                            + " for example 'ssh {node} sudo systemctl restart twinspan'")
    private @Nullable String command;

    @Option(
            names = "--name",
            paramLabel = "ADDRESS=NAME",
            description = "what {node} is for the node with this host, or host:port of HTTP; default: its host")
    private Map<String, String> names = new LinkedHashMap<>();

    @Option(
            names = "--groups",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "restart the nodes of a role in N groups instead of one by one; never a majority of the metas, all"
                            + " replicas of a slot or all sessions together")
    private int groups;

    @Option(names = "--plan", description = "show what would be done, and do nothing")
    private boolean isPlan;

    @Option(names = "--resume", description = "go on where the last run of this datacenter has stopped")
    private boolean isResume;

    @Option(names = "--recount", description = "with --resume: compare with what is registered now, not with what was")
    private boolean isRecount;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "what has been done so far; default ~/.twinspan/rolling-restart-DATACENTER.json")
    private @Nullable Path journal;

    @Option(
            names = "--command-within",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "how long the command may take; default ${DEFAULT-VALUE}")
    private String commandWithin = "5m";

    @Option(
            names = "--healthy-within",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "how long a node may take to be well after it; default ${DEFAULT-VALUE}")
    private String healthyWithin = "5m";

    @Option(
            names = "--counts-within",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "how long registrations may take to be back after that; default ${DEFAULT-VALUE}")
    private String countsWithin = "5m";

    RollingRestartCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (groups < 0) {
            throw new IllegalArgumentException("--groups " + groups + " is below 0");
        }
        if (isRecount && !isResume) {
            throw new IllegalArgumentException("--recount goes with --resume; a new run counts by itself");
        }
        RollingSettings standard = RollingSettings.standard();
        Rolling rolling = new Rolling(
                new RollingSettings(
                        time("--command-within", commandWithin),
                        time("--healthy-within", healthyWithin),
                        time("--counts-within", countsWithin),
                        standard.percent(),
                        standard.lookEvery()),
                this::tell);
        try (JournalFile file = new JournalFile(journalPath())) {
            if (!isPlan && !file.take()) {
                return refused("another rolling restart with the journal " + file.path() + " is running");
            }
            return isResume ? resume(rolling, file) : begin(rolling, file);
        }
    }

    private int begin(Rolling rolling, JournalFile file) {
        Optional<RollingJournal> earlier = file.load().filter(journal -> journal.outcome() != RollingOutcome.DONE);
        Rolling.Prospect prospect = rolling.prospect(server.server(), datacenter, names, groups);
        if (isPlan) {
            return planned(prospect.plan());
        }
        String restarting = command;
        if (restarting == null) {
            throw new IllegalArgumentException(
                    "say how a node is restarted, for example --with 'ssh {node} sudo systemctl restart twinspan'");
        }
        if (earlier.isPresent()) {
            return refused(
                    "a run of " + earlier.get().startedAt() + " has not come to its end; go on with it by --resume, or"
                            + " remove " + file.path() + " to forget it");
        }
        if (!prospect.plan().isGo()) {
            return objected(prospect.plan());
        }
        String now = surroundings.clock().instant().toString();
        return ended(rolling.run(Rolling.begin(prospect, now, restarting, groups), file), file);
    }

    private int resume(Rolling rolling, JournalFile file) {
        RollingJournal earlier = file.load()
                .filter(journal -> journal.datacenter().equals(datacenter))
                .orElse(null);
        if (earlier == null) {
            return refused("there is no run of " + datacenter + " in " + file.path() + " to go on with");
        }
        RollingJournal next = earlier.resumed(command == null ? earlier.command() : command);
        RollingPlan plan = rolling.plan(earlier);
        if (isPlan) {
            return planned(plan);
        }
        if (!plan.isGo()) {
            return objected(plan);
        }
        return ended(rolling.run(isRecount ? rolling.recounted(next) : next, file), file);
    }

    private int planned(RollingPlan plan) {
        format.say(surroundings, plan, RollingText.plan(plan));
        return plan.isGo() ? ExitCodes.OK : ExitCodes.REFUSED;
    }

    private int objected(RollingPlan plan) {
        format.say(surroundings, plan, List.of());
        plan.objections().forEach(each -> surroundings.err().println("twinspan: " + each));
        surroundings.err().println("twinspan: nothing was restarted");
        return ExitCodes.REFUSED;
    }

    private int refused(String why) {
        surroundings.err().println("twinspan: " + why);
        return ExitCodes.REFUSED;
    }

    private int ended(RollingJournal last, JournalFile file) {
        format.say(surroundings, last, RollingText.end(last, file.path()));
        return last.outcome() == RollingOutcome.DONE ? ExitCodes.OK : ExitCodes.FAILED;
    }

    /** Scripts read the answer on standard output; what happens meanwhile is for whoever looks on. */
    private void tell(String line) {
        String told = surroundings.time() + " " + line;
        if (format.isJson()) {
            surroundings.err().println(told);
        } else {
            surroundings.say(told);
        }
    }

    private Path journalPath() {
        return journal == null
                ? Path.of(surroundings.userHome(), ".twinspan", "rolling-restart-" + fileName(datacenter) + ".json")
                : journal;
    }

    private static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static Duration time(String option, String text) {
        return PushCommand.Times.parse(option, text);
    }
}
