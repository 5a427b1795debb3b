package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.simulation.Seed;
import io.twinspan.registry.simulation.SimulatedNetwork.Weather;
import io.twinspan.registry.simulation.SimulatedProcess;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * One run in which the clients of the east are ordered to the west while they are busy and things break: the order is given to either
 * side, the clients refresh their lists as official ones do, and every list that anybody is shown is looked at.
 */
final class MovingRun {
    /** What was found, and what had happened. */
    record Outcome(List<String> violations, List<String> events) {}

    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final List<Scope> SCOPES = List.of(Scope.values());
    private static final Duration ASKING = Duration.ofSeconds(2);
    private static final Duration PREPARING = Duration.ofSeconds(12);
    private static final Duration TROUBLED = Duration.ofSeconds(80);
    /** What was down comes back, what was cut heals, leases and slots settle, and whoever was left is closed then. */
    private static final Duration REST = Duration.ofMinutes(4);
    /** What a client that ends leaves within the other datacenter's bound, and once more for what its session asks again. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(20);

    private static final Duration REST_EVERY = Duration.ofSeconds(15);
    private static final int SERVICES = 4;
    private static final int CLIENTS = 8;
    private static final int DEEDS = 14;

    private final SimulatedWorld world;
    private final Random random;
    private final ManualEventLoop agenda;
    private final Misfortunes misfortunes;
    private final UnionNeverShrinks union = new UnionNeverShrinks();
    private final List<String> found = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private int operators;

    private MovingRun(Seed seed, Tampering tampering) {
        this.world = new SimulatedWorld(seed, tampering);
        this.random = seed.random("moving");
        this.agenda = new ManualEventLoop(world.time());
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
        populate();
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

    private void populate() {
        for (DatacenterId where : List.of(EAST, WEST)) {
            int clients = where.equals(EAST) ? CLIENTS : CLIENTS / 3;
            for (int i = 0; i < clients; i++) {
                LiteralClient client = world.client(where);
                int published = random.nextInt(3);
                for (int each = 0; each < published; each++) {
                    client.publish(service(random.nextInt(SERVICES)));
                }
                for (int each = 0; each < SERVICES; each++) {
                    client.subscribe(service(each), SCOPES.get(random.nextInt(SCOPES.size())));
                }
                agenda.schedule(Duration.ofMillis(random.nextLong(REFRESH.toMillis())), () -> refresh(client));
            }
        }
    }

    /** As an official client does every 30 s, of any session that it knows. */
    private void refresh(LiteralClient client) {
        if (client.isStopped()) {
            return;
        }
        List<SimulatedNode> asked = world.sessions(client.datacenter()).stream()
                .filter(SimulatedNode::isRunning)
                .toList();
        if (!asked.isEmpty()) {
            SimulatedNode node = asked.get(random.nextInt(asked.size()));
            List<Endpoint> elsewhere = node.session().serversElsewhere();
            if (!elsewhere.isEmpty()) {
                node.session().onToldElsewhere(client.name(), "app");
                world.findNode(elsewhere.get(0)).ifPresent(there -> client.isGiven(there.datacenter()));
            }
        }
        agenda.schedule(REFRESH, () -> refresh(client));
    }

    private void happen() {
        switch (random.nextInt(14)) {
            case 0 -> misfortunes.crash(pick(world.allNodes()), Duration.ofMillis(500 + random.nextInt(6_000)));
            case 1, 2 -> cut(Duration.ofMillis(500 + random.nextInt(12_000)));
            case 3 -> {
                note("the brokers are away");
                world.straits().setTopicsAway(true);
                agenda.schedule(Duration.ofSeconds(8), () -> world.straits().setTopicsAway(false));
            }
            case 4, 5 -> act();
            case 6 ->
                pickPublication().ifPresent(each -> {
                    note("stop " + each.client().name());
                    each.client().publications().forEach(one -> union.forget(one.address()));
                    each.client().stop();
                });
            case 7, 8, 9 -> {
                note("messages are lost");
                world.network().weather(new Weather(Duration.ofMillis(1), Duration.ofMillis(20), 0.1, 0, 0));
                agenda.schedule(Duration.ofSeconds(8), () -> world.network().weather(Weather.FAIR));
            }
            default -> {}
        }
    }

    private void cut(Duration time) {
        note("the link is cut for " + time);
        world.straits().cut(EAST, WEST);
        world.straits().cut(WEST, EAST);
        agenda.schedule(time, () -> {
            world.straits().open(EAST, WEST);
            world.straits().open(WEST, EAST);
        });
    }

    private void act() {
        pickPublication().ifPresent(each -> {
            note("republish " + each.address());
            union.forget(each.address());
            each.client().republish(each);
        });
    }

    private Optional<Publication> pickPublication() {
        List<Publication> all =
                world.publications().stream().filter(Publication::isWanted).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(pick(all));
    }

    /** Who is not where he should be, and which lists lack somebody. */
    private List<String> lookBack() {
        List<String> wrong = new ArrayList<>();
        for (LiteralClient client : world.clients()) {
            boolean isThere = client.isStopped()
                    || client.session()
                            .filter(node -> node.datacenter().equals(WEST))
                            .isPresent();
            if (!isThere) {
                wrong.add("moving: " + client.name() + " is not in the west, but at "
                        + client.session().map(SimulatedNode::name).orElse("no session"));
            }
        }
        for (Subscription each : world.subscriptions()) {
            TreeSet<String> expected = new TreeSet<>();
            world.publications().stream()
                    .filter(one -> one.isWanted() && one.service().equals(each.service()))
                    .forEach(one -> expected.add(one.address()));
            if (!each.shown().containsAll(expected)) {
                wrong.add("D1 moving: " + each + " shows " + each.shown() + " of " + expected);
            }
        }
        return wrong;
    }

    private void order(String side, String stage) {
        String body =
                "{\"run\":\"f1\",\"epoch\":7,\"issuer\":\"west\",\"source\":\"east\",\"target\":\"west\",\"stage\":\""
                        + stage + "\"}";
        DatacenterId where = new DatacenterId(side);
        NodeId name = new NodeId("operator-" + ++operators);
        SimulatedProcess process = new SimulatedProcess(name.value(), world.time(), Duration.ZERO);
        PeerClient metas = world.network().as(process, new Caller(where, name, NodeRole.SESSION));
        List<String> answers = new ArrayList<>();
        for (Endpoint meta : world.metas(where, NodePort.META_FOR_META)) {
            metas.call(meta, new OperatorCall("/federation/v1/move/set", "", body), ASKING)
                    .thenAccept(answer -> answers.add(answer.status() + " " + answer.body()));
            world.pass(ASKING);
        }
        note(stage + " in the " + side + ": " + answers);
        if (answers.stream().noneMatch(answer -> answer.startsWith("200"))) {
            found.add("moving: the order was not taken: " + answers);
        }
    }

    private static DataInfoId service(int number) {
        return DataInfoId.of("moved-" + number);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void note(String event) {
        events.add(String.format("%.3f s: %s", world.time().nanos() / 1e9, event));
    }
}
