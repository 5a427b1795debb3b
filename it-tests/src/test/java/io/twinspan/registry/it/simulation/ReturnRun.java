package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.simulation.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * One run of a planned switch, the loss of the datacenter that was switched to, a forced failover back, and the return of what was
 * lost. The clients are ordered to the west and are all there when all of it dies; they come back to the east, some start and some
 * stop there; the west comes back with what it knew, and is readmitted. Every list that anybody is shown is looked at.
 */
final class ReturnRun {
    /** What was found, and what had happened. */
    record Outcome(List<String> violations, List<String> events) {}

    /** When the operator lets the west in; too early is what one may do wrong. */
    enum Readmission {
        /** Readmits the west as soon as that lists nothing that is over. */
        PATIENT,
        /** Readmits it as soon as its slots have settled. */
        HASTY
    }

    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final Duration PREPARING = Duration.ofSeconds(12);
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration MOVED_WITHIN = Duration.ofMinutes(4);
    private static final Duration LOST_FOR = Duration.ofSeconds(40);
    private static final Duration BACK_WITHIN = Duration.ofMinutes(4);
    /** Slots of nodes that start together settle within a minute; then the west fetches, and takes away what has gone. */
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    /** No slot that comes from a disk settles earlier. */
    private static final Duration HASTE = Duration.ofSeconds(16);

    private static final Duration AFTERWARDS = Duration.ofSeconds(60);
    /** What a client that ends leaves within. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(20);

    private static final Set<DatacenterId> NONE = Set.of();

    private final SimulatedWorld world;
    private final Readmission readmission;
    private final Random random;
    private final OrderedCrowd crowd;
    private final Misfortunes misfortunes;
    private final UnionNeverShrinks union = new UnionNeverShrinks();
    private final GoneStaysGone gone = new GoneStaysGone();
    private final List<String> found = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Set<String> going = new TreeSet<>();
    private boolean isAnyCrashed;

    private ReturnRun(Seed seed, Tampering tampering, Readmission readmission) {
        this.world = new SimulatedWorld(seed, tampering);
        this.readmission = readmission;
        this.random = seed.random("returning");
        this.crowd = new OrderedCrowd(world, random, this::note);
        this.misfortunes = new Misfortunes(world, random, this::note);
        world.calm(misfortunes::isCalm);
        world.checks().also(union);
        world.checks().also(gone);
    }

    static Outcome of(Seed seed, Tampering tampering, Readmission readmission) {
        ReturnRun run = new ReturnRun(seed, tampering, readmission);
        run.run();
        return new Outcome(run.found, run.events);
    }

    private void run() {
        crowd.populate(OrderedCrowd.EAST);
        world.pass(SETTLING);
        world.publications().forEach(each -> union.watch(each.address()));
        moveToTheWest();
        world.pass(Duration.ofMillis(random.nextInt(20_000)));
        loseTheWest();
        comeBack();
        trouble();
        startAndStop();
        trouble();
        world.pass(Duration.ofMillis(random.nextInt(20_000)));
        returnOfTheWest();
        trouble();
        world.pass(AFTERWARDS);
        found.addAll(crowd.whatLacks(OrderedCrowd.EAST));
        world.checks().found().stream()
                .filter(each -> each.contains("D4 moving") || each.contains("D3 returning") || each.contains("refused"))
                .forEach(found::add);
    }

    private void moveToTheWest() {
        order("prepared");
        world.pass(PREPARING);
        order("committed");
        await(
                "all are in the west",
                MOVED_WITHIN,
                () -> crowd.whatLacks(OrderedCrowd.WEST).isEmpty());
        order("ended");
    }

    /** All of it at once, or one machine after the other. */
    private void loseTheWest() {
        boolean isAtOnce = random.nextBoolean();
        for (SimulatedNode each : world.nodes(OrderedCrowd.WEST)) {
            each.crash();
            world.pass(isAtOnce ? Duration.ZERO : Duration.ofMillis(random.nextInt(2_000)));
        }
        note("the west is lost");
        world.pass(Duration.ofMillis(random.nextInt((int) LOST_FOR.toMillis())));
        world.nodes(OrderedCrowd.EAST).forEach(each -> each.onDuties(false, Set.of(OrderedCrowd.WEST)));
        note("the failover to the east is forced");
    }

    /** Resolvers name the sessions of the east from now on. */
    private void comeBack() {
        for (LiteralClient client : world.clients()) {
            crowd.after(Duration.ofMillis(random.nextInt(30_000)), () -> client.isGiven(OrderedCrowd.EAST));
        }
        await(
                "all are in the east",
                BACK_WITHIN,
                () -> crowd.whatLacks(OrderedCrowd.EAST).isEmpty());
    }

    private void startAndStop() {
        LiteralClient starting = crowd.pick(world.clients());
        Publication more = starting.publish(crowd.anyService());
        note("start " + more.address());
        for (int i = 0; i < 2; i++) {
            crowd.pickPublication().ifPresent(each -> {
                note("stop " + each.client().name());
                each.client().publications().forEach(one -> {
                    union.forget(one.address());
                    going.add(one.address());
                });
                each.client().stop();
            });
            world.pass(Duration.ofMillis(random.nextInt(3_000)));
        }
        crowd.pickPublication().ifPresent(each -> {
            note("unregister " + each.address());
            union.forget(each.address());
            going.add(each.address());
            each.client().unregister(each);
        });
        world.pass(GONE_WITHIN);
        going.forEach(this::lookFor);
        found.addAll(crowd.whatLacks(OrderedCrowd.EAST));
    }

    /** Whoever went with a session that crashed is rightly held for a while. */
    private void lookFor(String address) {
        List<Subscription> shown = world.subscriptions().stream()
                .filter(each -> each.shows(address))
                .toList();
        if (shown.isEmpty()) {
            gone.watch(address);
        } else if (!isAnyCrashed) {
            found.add("D2 returning: " + shown + " still show " + address);
        }
    }

    private void returnOfTheWest() {
        for (SimulatedNode each : world.nodes(OrderedCrowd.WEST)) {
            each.onDuties(true, NONE);
            each.start();
            world.pass(Duration.ofMillis(random.nextInt(1_000)));
        }
        note("the west is back");
        trouble();
        world.pass(HASTE);
        if (readmission == Readmission.PATIENT) {
            await("the west has taken away what has gone", READY_WITHIN, () -> outdated() == 0);
        }
        world.nodes(OrderedCrowd.EAST).forEach(each -> each.onDuties(false, NONE));
        note("the west is readmitted");
    }

    /** Something goes wrong in the east, or between the two, and is over within seconds. */
    private void trouble() {
        switch (random.nextInt(6)) {
            case 0 -> {
                isAnyCrashed = true;
                misfortunes.crash(
                        crowd.pick(world.nodes(OrderedCrowd.EAST)), Duration.ofMillis(500 + random.nextInt(6_000)));
            }
            case 1 -> crowd.loseMessages();
            case 2 -> crowd.cutTheLink(Duration.ofMillis(500 + random.nextInt(12_000)));
            default -> {}
        }
    }

    private int outdated() {
        List<CompletableFuture<Integer>> counts = world.nodes(OrderedCrowd.EAST).stream()
                .map(each -> each.outdated(OrderedCrowd.WEST).toCompletableFuture())
                .toList();
        world.pass(STEP);
        return counts.stream().mapToInt(each -> each.getNow(1)).sum();
    }

    private void await(String what, Duration within, BooleanSupplier isSo) {
        long last = world.time().nanos() + within.toNanos();
        while (!isSo.getAsBoolean()) {
            if (world.time().nanos() > last) {
                found.add("returning: not within " + within + ": " + what);
                return;
            }
            world.pass(STEP);
        }
        note(what);
    }

    private void order(String stage) {
        crowd.order("west", stage).ifPresent(found::add);
    }

    private void note(String event) {
        events.add(String.format("%.3f s: %s", world.time().nanos() / 1e9, event));
    }
}
