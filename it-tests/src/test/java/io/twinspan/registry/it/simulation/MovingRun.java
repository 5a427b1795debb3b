package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One run in which the clients of the east are ordered to the west while they are busy and things break: the order is given to either
 * side, the clients refresh their lists as official ones do, and every list that anybody is shown is looked at.
 */
final class MovingRun {
    /** What was found, and what had happened. */
    record Outcome(List<String> violations, List<String> events) {}

    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final Duration PREPARING = Duration.ofSeconds(12);
    private static final Duration TROUBLED = Duration.ofSeconds(80);
    /** What was down comes back, what was cut heals, leases and slots settle, and whoever was left is closed then. */
    private static final Duration REST = Duration.ofMinutes(4);
    /** What a client that ends leaves within the other datacenter's bound, and once more for what its session asks again. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(20);

    private static final Duration REST_EVERY = Duration.ofSeconds(15);
    private static final int DEEDS = 14;

    private final SimulatedWorld world;
    private final Random random;
    private final OrderedCrowd crowd;
    private final Misfortunes misfortunes;
    private final UnionNeverShrinks union = new UnionNeverShrinks();
    private final List<String> found = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    private MovingRun(Seed seed, Tampering tampering) {
        this.world = new SimulatedWorld(seed, tampering);
        this.random = seed.random("moving");
        this.crowd = new OrderedCrowd(world, random, this::note);
        this.misfortunes = new Misfortunes(world, random, this::note);
        world.calm(misfortunes::isCalm);
        world.checks().also(union);
    }

    static Outcome of(Seed seed, Tampering tampering) {
        MovingRun run = new MovingRun(seed, tampering);
        run.run();
        return new Outcome(run.found, run.events);
    }

    private void run() {
        crowd.populate(OrderedCrowd.EAST, OrderedCrowd.WEST);
        world.pass(SETTLING);
        String side = random.nextBoolean() ? "east" : "west";
        order(side, "prepared");
        world.pass(PREPARING);
        world.publications().stream()
                .filter(each -> each.isWanted() && each.isAcknowledged())
                .forEach(each -> union.watch(each.address()));
        order(random.nextBoolean() ? "east" : "west", "committed");
        long pause = TROUBLED.toMillis() / DEEDS;
        for (int i = 0; i < DEEDS; i++) {
            world.pass(Duration.ofMillis(pause / 2 + random.nextLong(pause)));
            happen();
        }
        misfortunes.heal();
        world.straits().heal();
        note("healed");
        world.straits().setTopicsAway(false);
        world.pass(SETTLING);
        long last = world.time().nanos() + REST.toNanos();
        while (world.time().nanos() < last && !lookBack().isEmpty()) {
            world.pass(REST_EVERY);
        }
        found.addAll(lookBack());
        retire();
        order(side, "ended");
        world.pass(REST_EVERY);
        world.checks().found().stream().filter(MovingRun::isOfMoves).forEach(found::add);
        found.addAll(lookBack());
    }

    /** Two who have come over end: of what they left behind nothing may hold them in the lists. */
    private void retire() {
        List<LiteralClient> ending = world.clients().stream()
                .filter(each -> !each.isStopped() && each.isConnected() && each.hasMoved())
                .limit(2)
                .toList();
        ending.forEach(each -> {
            note("end " + each.name());
            each.publications().forEach(one -> union.forget(one.address()));
            each.stop();
        });
        world.pass(GONE_WITHIN);
        world.subscriptions()
                .forEach(shown -> ending.stream()
                        .flatMap(each -> each.publications().stream())
                        .filter(one -> shown.shows(one.address()))
                        .forEach(one -> found.add("D2 moving: " + shown + " still shows " + one.address())));
    }

    /** Own-first hides and shows by itself when the move is over; the other checks speak of what holds while it lasts, too. */
    private static boolean isOfMoves(String violation) {
        return violation.contains("D4 moving")
                || violation.contains("D12")
                || violation.contains("D3 ")
                || violation.contains("refused");
    }

    private void happen() {
        switch (random.nextInt(14)) {
            case 0 -> misfortunes.crash(crowd.pick(world.allNodes()), Duration.ofMillis(500 + random.nextInt(6_000)));
            case 1, 2 -> crowd.cutTheLink(Duration.ofMillis(500 + random.nextInt(12_000)));
            case 3 -> {
                note("the brokers are away");
                world.straits().setTopicsAway(true);
                crowd.after(Duration.ofSeconds(8), () -> world.straits().setTopicsAway(false));
            }
            case 4, 5 -> act();
            case 6 ->
                crowd.pickPublication().ifPresent(each -> {
                    note("stop " + each.client().name());
                    each.client().publications().forEach(one -> union.forget(one.address()));
                    each.client().stop();
                });
            case 7, 8, 9 -> crowd.loseMessages();
            default -> {}
        }
    }

    private void act() {
        crowd.pickPublication().ifPresent(each -> {
            note("republish " + each.address());
            union.forget(each.address());
            each.client().republish(each);
        });
    }

    private List<String> lookBack() {
        return crowd.whatLacks(OrderedCrowd.WEST);
    }

    private void order(String side, String stage) {
        crowd.order(side, stage).ifPresent(found::add);
    }

    private void note(String event) {
        events.add(String.format("%.3f s: %s", world.time().nanos() / 1e9, event));
    }
}
