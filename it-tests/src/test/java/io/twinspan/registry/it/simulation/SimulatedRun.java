package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.simulation.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;

/** One run: a world is set up, lives through a minute of random events and faults, heals, and is looked at. */
final class SimulatedRun {
    /**
     * What was found, and what had happened.
     *
     * @param shown every subscriber's list at the end
     * @param coverage invariants that were checked while a fault was active, with something to check
     */
    record Outcome(
            List<String> violations,
            List<String> events,
            List<String> shown,
            Map<FarFault, SortedSet<String>> coverage) {}

    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final Duration CHAOS = Duration.ofSeconds(60);
    /** Nodes that restart together settle within 60 s; then 10 s for what they have to tell. */
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(70);

    private static final Duration SHOWN_EVERY = Duration.ofSeconds(10);
    /** A lease, what a snapshot keeps without confirmation, and the same again for news. */
    private static final Duration EXACT_WITHIN = Duration.ofSeconds(70);
    /** How often it is looked whether everything is as it should be before {@link #EXACT_WITHIN} is over. */
    private static final Duration EXACT_EVERY = Duration.ofSeconds(14);

    /** So many of this many runs end once everything is well; the others wait out what may still be due after that. */
    private static final int IMPATIENT = 3;

    private static final int OF = 4;

    /**
     * How long clients of a lost session reach no other: longer than that session's leases, shorter than what is held of it then
     * stays held.
     */
    private static final Duration STRANDED = Duration.ofSeconds(42);

    /** At which of the steps what is on the disks is looked at, though nobody has crashed. */
    private static final int DISKS_EVERY = 6;

    private final Seed seed;
    private final SimulatedWorld world;
    private final Random random;
    private final List<String> events = new ArrayList<>();
    private final Crowd crowd;
    private final Misfortunes misfortunes;
    private int steps;

    private SimulatedRun(Seed seed, Tampering tampering) {
        this.seed = seed;
        this.world = new SimulatedWorld(seed, tampering);
        this.random = seed.random("events");
        this.crowd = new Crowd(world, random, this::note);
        this.misfortunes = new Misfortunes(world, random, this::note);
        world.calm(misfortunes::isCalm);
        if (world.climate() == Climate.FEDERATION) {
            world.farFaults().tell(this::note, new Machines(world, misfortunes, crowd));
        }
    }

    static Outcome of(Seed seed, Tampering tampering) {
        SimulatedRun run = new SimulatedRun(seed, tampering);
        run.run();
        return new Outcome(
                run.world.checks().found(),
                run.events,
                run.world.subscriptions().stream()
                        .map(each -> each + " shows " + each.shown())
                        .toList(),
                run.world.coverage().met());
    }

    private void run() {
        note(world.climate().toString());
        crowd.populate();
        world.pass(SETTLING);
        crowd.watchStill();
        if (seed.random("strand").nextInt(3) == 0) {
            strand();
        }
        long end = now() + CHAOS.toNanos();
        while (now() < end && isClean()) {
            world.pass(Duration.ofMillis(random.nextInt(1500)));
            happen();
            world.checks().lookAround();
        }
        misfortunes.heal();
        // What is kept and then held is due as long after the faults, however soon everybody was shown.
        long last = now() + SHOWN_WITHIN.plus(EXACT_WITHIN).toNanos();
        showAll();
        world.checks().lookAround();
        world.checks().look(new EverybodySeesAll(false));
        do {
            world.operators().forEach(Operator::ask);
            world.checks().releaseHeld();
            world.pass(EXACT_EVERY);
            world.checks().lookAround();
        } while (now() < last && isClean() && !world.checks().isAllWell());
        world.checks().lookBack();
        if (isClean()) {
            world.checks().verify();
        }
    }

    private void showAll() {
        boolean isImpatient = seed.random("patience").nextInt(OF) < IMPATIENT;
        long last = now() + SHOWN_WITHIN.toNanos();
        do {
            world.pass(SHOWN_EVERY);
        } while (now() < last && !(isImpatient && world.checks().isEverybodySeeingAll()));
    }

    /**
     * A session is lost, and its quiet clients reach no other; they are most of their service, so nobody may lose sight of them.
     * Only where all sessions are there: a client that finds the one that has not joined yet takes longer to come back than what is
     * held stays held.
     */
    private void strand() {
        for (SimulatedNode node : world.allNodes()) {
            List<LiteralClient> there = crowd.quietAt(node);
            boolean isComplete = world.sessions(node.datacenter()).stream().allMatch(SimulatedNode::isUp);
            if (isComplete && !node.has(NodeRole.META) && isMostOfTheirService(there)) {
                note("strand " + there.stream().map(LiteralClient::name).toList());
                there.forEach(client -> client.strand(STRANDED));
                misfortunes.crash(node, Duration.ofSeconds(2));
                world.pass(STRANDED.plus(SETTLING));
                return;
            }
        }
    }

    /** Below that a lost session's publishers go, and may go. */
    private boolean isMostOfTheirService(List<LiteralClient> clients) {
        return world.datacenters().stream().map(SimulatedWorld::still).anyMatch(service -> {
            List<Publication> all = world.publications().stream()
                    .filter(each -> each.service().equals(service))
                    .toList();
            long theirs =
                    all.stream().filter(each -> clients.contains(each.client())).count();
            return theirs >= 2 && 2 * theirs > all.size();
        });
    }

    private void happen() {
        misfortunes.forgetThePast();
        if (world.climate() == Climate.FEDERATION && ++steps % DISKS_EVERY == 0) {
            world.datacenters().stream().filter(misfortunes::isCalmIn).forEach(world.checks()::lookAtDisks);
        }
        if (misfortunes.isCalm()) {
            world.publications().forEach(each -> each.onCalm(now()));
        }
        if (random.nextInt(8) == 0) {
            note("an operator provides something");
            world.operators().get(random.nextInt(world.operators().size())).put();
        }
        switch (world.climate()) {
            case CALM -> mostly(misfortunes::changeMildly);
            case HEADLESS -> mostly(random.nextInt(4) == 0 ? misfortunes::changeMildly : misfortunes::behead);
            case ISLAND -> mostly(random.nextInt(4) == 0 ? misfortunes::changeMildly : misfortunes::isolate);
            case GROWING -> mostly(misfortunes::grow);
            case STORM -> storm();
            case FEDERATION -> federation();
        }
    }

    /** The clients are busy, and now and then this happens. */
    private void mostly(Runnable seldom) {
        if (random.nextInt(6) == 0) {
            seldom.run();
        } else {
            crowd.act();
        }
    }

    private void storm() {
        if (random.nextInt(100) == 0) {
            crowd.actInHaste();
            world.pass(Duration.ofMillis(random.nextInt(60)));
            misfortunes.crashAll();
            crowd.stop();
        } else if (random.nextInt(16) < 9) {
            crowd.act();
        } else {
            misfortunes.strike();
        }
    }

    private void federation() {
        int what = random.nextInt(16);
        if (what < 9) {
            crowd.act();
        } else if (what < 13) {
            world.farFaults().strike();
        } else if (what < 14) {
            misfortunes.behead();
        } else {
            misfortunes.strikeTroubled();
        }
    }

    private boolean isClean() {
        return world.checks().found().isEmpty();
    }

    private void note(String event) {
        events.add(String.format("%.3f s: %s", now() / 1e9, event));
    }

    private long now() {
        return world.time().nanos();
    }
}
