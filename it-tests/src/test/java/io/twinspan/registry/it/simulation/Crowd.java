package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the clients of a world do. */
final class Crowd {
    private static final int CHURNING = 3;
    private static final int QUIET = 3;
    private static final int BULK = 14;
    /** How many publishers a service that nobody touches may have. */
    private static final List<Integer> SIZES = List.of(1, 2, 3, 3, 3, 10);

    private final SimulatedWorld world;
    private final Random random;
    private final Consumer<String> note;
    private final List<LiteralClient> allQuiet = new ArrayList<>();

    Crowd(SimulatedWorld world, Random random, Consumer<String> note) {
        this.world = world;
        this.random = random;
        this.note = note;
    }

    void populate() {
        for (DatacenterId datacenter : world.datacenters()) {
            List<LiteralClient> quiet = new ArrayList<>();
            for (int i = 0; i < QUIET; i++) {
                quiet.add(world.client(datacenter));
            }
            allQuiet.addAll(quiet);
            int size = pick(SIZES);
            for (int i = 0; i < size; i++) {
                quiet.get(i % QUIET).publish(SimulatedWorld.still(datacenter));
            }
            for (LiteralClient each : quiet) {
                world.datacenters().forEach(from -> each.subscribe(SimulatedWorld.still(from), Scope.GLOBAL));
                each.subscribe(churning(), Scope.DATACENTER);
            }
            for (int i = 0; i < 4; i++) {
                newcomer(datacenter);
            }
        }
        if (world.climate() == Climate.FEDERATION) {
            world.datacenters().forEach(this::bulk);
            for (DatacenterId datacenter : world.datacenters()) {
                LiteralClient watcher = world.client(datacenter);
                for (DatacenterId from : world.datacenters()) {
                    bulkOf(from).forEach(each -> watcher.subscribe(each, Scope.GLOBAL));
                }
            }
        }
    }

    /** Offers so many services of a datacenter that it is noticed when they are gone. */
    void bulk(DatacenterId datacenter) {
        for (int i = 0; i < 2; i++) {
            LiteralClient client = world.client(datacenter);
            bulkOf(datacenter).forEach(client::publish);
        }
    }

    /** All who offer those are gone. */
    void endBulk(DatacenterId datacenter) {
        List<DataInfoId> all = bulkOf(datacenter);
        world.clients().stream()
                .filter(each ->
                        !each.isStopped() && each.publications().stream().anyMatch(one -> all.contains(one.service())))
                .forEach(LiteralClient::stop);
    }

    private static List<DataInfoId> bulkOf(DatacenterId datacenter) {
        return IntStream.range(0, BULK)
                .mapToObj(i -> DataInfoId.of("bulk-" + datacenter + "-" + i))
                .toList();
    }

    /** From now on nobody touches the still services, so what they offer now is what they will always offer. */
    void watchStill() {
        world.checks().look(new EverybodySeesAll(true));
        for (DatacenterId datacenter : world.datacenters()) {
            DataInfoId service = SimulatedWorld.still(datacenter);
            world.checks()
                    .still()
                    .watch(
                            service,
                            world.publications().stream()
                                    .filter(each -> each.service().equals(service))
                                    .map(Publication::address)
                                    .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    /** The clients that do nothing by themselves and are connected to this node. */
    List<LiteralClient> quietAt(SimulatedNode node) {
        return allQuiet.stream().filter(client -> client.isAt(node)).toList();
    }

    /** Somebody does something. */
    void act() {
        switch (random.nextInt(11)) {
            case 0, 1, 2 -> republish();
            case 3, 4 -> unregister();
            case 5 -> unregisterAndReturn();
            case 6 -> newcomer(pick(List.copyOf(world.datacenters())));
            case 7 -> stop();
            case 8 -> move();
            default -> reconnect();
        }
    }

    /** Something that the disks may not have yet when the power goes. */
    void actInHaste() {
        if (random.nextBoolean()) {
            republish();
        } else {
            unregister();
        }
    }

    /** A process ends; nobody may be there to see it. */
    void stop() {
        one(each -> {
            note.accept("stop " + each.client().name());
            each.client().stop();
        });
    }

    private void newcomer(DatacenterId datacenter) {
        LiteralClient client = world.client(datacenter);
        client.publish(churning());
        if (random.nextBoolean()) {
            client.publish(churning());
        }
        client.subscribe(churning(), random.nextBoolean() ? Scope.GLOBAL : Scope.DATACENTER);
        client.subscribe(SimulatedWorld.still(datacenter), Scope.GLOBAL);
    }

    private void republish() {
        one(each -> {
            each.client().republish(each);
            note.accept("republish " + each.address());
        });
    }

    private void unregister() {
        one(each -> {
            note.accept("unregister " + each.address());
            LiteralClient client = each.client();
            client.unregister(each);
            client.publish(churning());
        });
    }

    private void unregisterAndReturn() {
        one(each -> {
            Duration pause = Duration.ofMillis(random.nextInt(60));
            note.accept("unregister " + each.address() + " and return after " + pause);
            each.client().unregisterAndReturn(each, pause);
        });
    }

    private void reconnect() {
        one(each -> {
            Duration late = late();
            Duration pause = pause();
            note.accept("reconnect " + each.client().name() + " after " + pause + ", closed " + late + " late");
            each.client().reconnect(late, pause);
        });
    }

    private void move() {
        List<LiteralClient> movable = world.clients().stream()
                .filter(each -> !each.isStopped() && each.isConnected() && !isQuiet(each))
                .toList();
        List<DatacenterId> all = List.copyOf(world.datacenters());
        if (all.size() > 1 && !movable.isEmpty()) {
            LiteralClient client = pick(movable);
            DatacenterId to = pick(world.peersOf(client.datacenter()));
            Duration late = late();
            Duration pause = pause();
            note.accept("move " + client.name() + " to " + to + " after " + pause + ", closed " + late + " late");
            client.move(to, late, pause);
        }
    }

    private boolean isQuiet(LiteralClient client) {
        return client.publications().stream()
                        .anyMatch(each -> world.stillDatacenter(each.service()).isPresent())
                || client.subscriptions().size() > 2;
    }

    private Duration late() {
        return pick(List.of(Duration.ZERO, Duration.ofMillis(random.nextInt(3000)), SimulatedEdge.IDLE));
    }

    private Duration pause() {
        return Duration.ofMillis(random.nextBoolean() ? random.nextInt(30) : 300 + random.nextInt(3000));
    }

    /** Does it to one of the publications that may be touched. */
    private void one(Consumer<Publication> deed) {
        List<Publication> all = new ArrayList<>(world.publications().stream()
                .filter(each ->
                        each.isWanted() && world.stillDatacenter(each.service()).isEmpty())
                .toList());
        Collections.shuffle(all, random);
        all.stream().findFirst().ifPresent(deed);
    }

    private DataInfoId churning() {
        return DataInfoId.of("churn-" + random.nextInt(CHURNING));
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
