package io.twinspan.registry.ops.rolling;

import io.twinspan.registry.datacenter.NodeRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The procedure.
 *
 * <pre>
 * plan → hold the push → for each group: journal → restart → well within a bound → settled, counts back within a bound → journal
 *      → end the hold
 * </pre>
 *
 * <p>Whatever goes wrong halts it where it is: nothing else is touched, the hold stays until it ends by itself, and the journal says
 * where to go on. A node that was being restarted when it halted is restarted again only when it is not well in a new life.
 */
public final class RollingRestart {
    private static final Duration RENEW_EVERY = Duration.ofMinutes(1);

    /** Sessions confirm with their next sign of life; one that does not in this time is not well. */
    private static final Duration CONFIRM_WITHIN = Duration.ofSeconds(15);

    private final RollingPorts ports;
    private final RollingSettings settings;
    private boolean isHeld;
    private long heldNanos;

    RollingRestart(RollingPorts ports, RollingSettings settings) {
        this.ports = ports;
        this.settings = settings;
    }

    /** What a new run would do. Changes nothing. */
    public RollingPlan plan(String datacenter, List<RollingNode> nodes, int groups) {
        DatacenterSight around = ports.eyes().lookAround();
        List<String> objections = new ArrayList<>();
        String leader = look(nodes, Set.of(), objections);
        if (!around.unrest().isEmpty()) {
            objections.add(around.unrest());
        }
        String found = ports.hold().found();
        if (!found.isEmpty()) {
            objections.add(found
                    + ": another rolling restart is under way or has halted; go on with it by --resume, or end its"
                    + " hold by 'twinspan push open --owner " + PushHold.OWNER + "'");
        }
        return new RollingPlan(
                datacenter,
                new RollingPlanner(nodes, groups, around.replicas()).groups(ids(nodes), leader),
                around.counts(),
                around.replicas(),
                objections,
                remarks(nodes));
    }

    /** What going on would do. Changes nothing. */
    public RollingPlan plan(RollingJournal journal) {
        DatacenterSight around = ports.eyes().lookAround();
        List<String> objections = new ArrayList<>();
        if (journal.outcome() == RollingOutcome.DONE) {
            objections.add("the run of " + journal.startedAt() + " is done; there is nothing to go on with");
        }
        String leader = look(journal.nodes(), journal.underway().keySet(), objections);
        if (journal.underway().isEmpty() && !around.unrest().isEmpty()) {
            objections.add(around.unrest());
        }
        List<List<RollingNode>> groups = new ArrayList<>();
        if (!journal.underway().isEmpty()) {
            groups.add(journal.nodesUnderway());
        }
        groups.addAll(planner(journal).groups(journal.remaining(), leader));
        return new RollingPlan(
                journal.datacenter(),
                groups,
                around.counts(),
                journal.replicas(),
                objections,
                remarks(journal.nodes()));
    }

    /**
     * Does it, or goes on with it.
     *
     * @return the journal as it is at the end, {@link RollingOutcome#DONE} or {@link RollingOutcome#HALTED}
     */
    public RollingJournal run(RollingJournal begun) {
        RollingJournal journal = begun;
        ports.keeper().save(journal);
        String unheld = await(CONFIRM_WITHIN, () -> hold(true));
        if (!unheld.isEmpty()) {
            ports.hold().release();
            return halted(journal, "the push could not be held, so nothing was restarted: " + unheld);
        }
        ports.say().accept("push is in hold-shrink: additions go out, removals wait. Before: " + journal.before());
        while (!journal.underway().isEmpty() || !journal.remaining().isEmpty()) {
            List<RollingNode> wanted = journal.underway().isEmpty() ? next(journal) : unfinished(journal);
            journal = journal.restarting(lives(journal, wanted));
            ports.keeper().save(journal);
            String failure = step(journal, wanted);
            if (!failure.isEmpty()) {
                return left(journal, failure);
            }
            journal = journal.wellAgain();
            ports.keeper().save(journal);
            ports.say()
                    .accept("  well; " + journal.done().size() + " of "
                            + journal.nodes().size() + " nodes are done");
        }
        String unopened = await(CONFIRM_WITHIN, ports.hold()::release);
        if (!unopened.isEmpty()) {
            return left(journal, "all nodes are restarted, but the hold of the push could not be ended: " + unopened);
        }
        RollingJournal ended = journal.ended();
        ports.keeper().save(ended);
        return ended;
    }

    /** One group, until it is as it was before; returns why not. */
    private String step(RollingJournal journal, List<RollingNode> wanted) {
        String unheld = await(settings.healthyWithin(), () -> hold(false));
        if (!unheld.isEmpty()) {
            return "the push could not be held: " + unheld;
        }
        if (!wanted.isEmpty()) {
            wanted.forEach(node -> ports.say().accept("restarting " + node.described()));
            List<String> failures = ports.restarts().restart(wanted, journal.command());
            if (!failures.isEmpty()) {
                return String.join("; ", failures);
            }
        }
        String sick = await(settings.healthyWithin(), () -> sick(journal));
        if (!sick.isEmpty()) {
            return "not healthy within " + words(settings.healthyWithin()) + ": " + sick;
        }
        String missing = await(settings.countsWithin(), () -> missing(journal));
        return missing.isEmpty() ? "" : "not as before within " + words(settings.countsWithin()) + ": " + missing;
    }

    /** Which of the nodes underway are not well in a new life. */
    private String sick(RollingJournal journal) {
        List<String> sick = new ArrayList<>();
        for (RollingNode node : journal.nodesUnderway()) {
            NodeSight sight = ports.eyes().look(node);
            if (!sight.isWell()) {
                sick.add(node.described() + ": " + sight.problem());
            } else if (sight.life().equals(journal.underway().get(node.id()))) {
                sick.add(node.described() + " still runs as it did before the command, which has not restarted it");
            }
        }
        return String.join("; ", sick);
    }

    /** What is not yet as it was before, of the datacenter as a whole. */
    private String missing(RollingJournal journal) {
        List<String> missing = new ArrayList<>();
        look(journal.nodes(), Set.of(), missing);
        DatacenterSight around = ports.eyes().lookAround();
        if (!around.unrest().isEmpty()) {
            missing.add(around.unrest());
        }
        if (around.replicas() < journal.replicas()) {
            missing.add("a slot has " + around.replicas() + " replicas, there were " + journal.replicas());
        }
        List<String> below = around.counts().below(journal.before(), settings.percent());
        if (!below.isEmpty()) {
            missing.add("fewer than " + settings.percent() + " % are back: " + String.join(", ", below)
                    + " (if they have gone for good, go on with --resume --recount)");
        }
        return String.join("; ", missing);
    }

    private List<RollingNode> next(RollingJournal journal) {
        String leader = look(journal.nodes(), Set.of(), new ArrayList<>());
        return planner(journal).groups(journal.remaining(), leader).get(0);
    }

    /** Those that were being restarted when an earlier run ended, and are not well in a new life. */
    private List<RollingNode> unfinished(RollingJournal journal) {
        return journal.nodesUnderway().stream()
                .filter(node -> {
                    NodeSight sight = ports.eyes().look(node);
                    return !sight.isWell()
                            || sight.life().equals(journal.underway().get(node.id()));
                })
                .toList();
    }

    /** The lives that have to be over for those underway and those wanted. */
    private Map<String, String> lives(RollingJournal journal, List<RollingNode> wanted) {
        Map<String, String> lives = new LinkedHashMap<>(journal.underway());
        wanted.forEach(node -> lives.put(node.id(), ports.eyes().look(node).life()));
        return lives;
    }

    /** Looks at each; returns the id of the node whose meta leads, and adds what is wrong with the others. */
    private String look(List<RollingNode> nodes, Set<String> excused, List<String> problems) {
        String leader = "";
        for (RollingNode node : nodes) {
            NodeSight sight = ports.eyes().look(node);
            leader = sight.isMetaLeader() ? node.id() : leader;
            if (!sight.isWell() && !excused.contains(node.id())) {
                problems.add(node.described() + ": " + sight.problem());
            }
        }
        return leader;
    }

    private String hold(boolean isConfirmed) {
        String problem = ports.hold().hold(settings.holdFor(), isConfirmed);
        if (problem.isEmpty()) {
            isHeld = true;
            heldNanos = ports.pace().nanos();
        }
        return problem;
    }

    private RollingJournal left(RollingJournal journal, String why) {
        String unheld = hold(false);
        RollingJournal halted = halted(journal, why);
        ports.say()
                .accept(
                        unheld.isEmpty()
                                ? "The push stays in hold-shrink for " + words(settings.holdFor())
                                        + " from now, or until 'twinspan push open --owner " + PushHold.OWNER + "'."
                                : "The push could not be held anew (" + unheld
                                        + "); 'twinspan push status' tells how it is.");
        return halted;
    }

    private RollingJournal halted(RollingJournal journal, String why) {
        RollingJournal halted = journal.halted(why);
        ports.keeper().save(halted);
        ports.say().accept("HALTED: " + why);
        ports.say().accept("Nothing else is touched. When it is mended, go on with the same command and --resume.");
        return halted;
    }

    /** Looks until nothing is wrong any more; returns what still is at the end. Renews the hold meanwhile, as far as it can be. */
    private String await(Duration within, Supplier<String> look) {
        long began = ports.pace().nanos();
        while (true) {
            String wrong = look.get();
            long now = ports.pace().nanos();
            if (wrong.isEmpty() || now - began >= within.toNanos()) {
                return wrong;
            }
            if (isHeld && now - heldNanos >= RENEW_EVERY.toNanos()) {
                hold(false);
            }
            ports.pace().pause(settings.lookEvery());
        }
    }

    private static RollingPlanner planner(RollingJournal journal) {
        return new RollingPlanner(journal.nodes(), journal.groups(), journal.replicas());
    }

    private static Set<String> ids(List<RollingNode> nodes) {
        Set<String> ids = new LinkedHashSet<>();
        nodes.forEach(node -> ids.add(node.id()));
        return ids;
    }

    private static List<String> remarks(List<RollingNode> nodes) {
        List<String> remarks = new ArrayList<>();
        for (NodeRole role : NodeRole.values()) {
            if (nodes.stream().filter(node -> node.isA(role)).count() == 1) {
                remarks.add("there is only one " + role.name().toLowerCase(Locale.ROOT) + ": while it restarts, "
                        + switch (role) {
                            case META -> "nothing can be changed";
                            case DATA -> "nothing new is shown to anybody";
                            case SESSION -> "clients have no session and go on with the lists they have";
                        });
            }
        }
        return remarks;
    }

    private static String words(Duration time) {
        return time.toSecondsPart() == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
