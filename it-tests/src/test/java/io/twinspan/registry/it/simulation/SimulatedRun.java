package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.simulation.Seed;
import io.twinspan.registry.simulation.SimulatedNetwork.Weather;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One run: a world is set up, lives through a minute of random events and faults, heals, and is looked at. */
final class SimulatedRun {
    /**
     * What was found, and what had happened.
     *
     * @param shown every subscriber's list at the end
     */
    record Outcome(List<String> violations, List<String> events, List<String> shown) {}

    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final Duration CHAOS = Duration.ofSeconds(60);
    /** Nodes that restart together settle within 60 s; then 10 s for what they have to tell. */
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(70);
    /** A lease, what a snapshot keeps without confirmation, and the same again for news. */
    private static final Duration EXACT_WITHIN = Duration.ofSeconds(70);

    /**
     * How long clients of a lost session reach no other: longer than that session's leases, shorter than what is held of it then
     * stays held.
     */
    private static final Duration STRANDED = Duration.ofSeconds(42);

    private static final int CHURNING = 3;
    private static final List<Weather> WEATHERS = List.of(
            Weather.FAIR,
            Weather.FAIR,
            new Weather(Duration.ofMillis(1), Duration.ofMillis(80), 0, 0, 0),
            new Weather(Duration.ofMillis(1), Duration.ofMillis(20), 0.05, 0, 0));

    private final Seed seed;
    private final SimulatedWorld world;
    private final Random random;
    private final ManualEventLoop agenda;
    private final List<LiteralClient> quiet = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final List<Long> faultsUntil = new ArrayList<>();
    private long quietSince;
    private Weather weather = Weather.FAIR;

    private SimulatedRun(Seed seed, Tampering tampering) {
        this.seed = seed;
        this.world = new SimulatedWorld(seed, tampering);
        this.random = seed.random("events");
        this.agenda = new ManualEventLoop(world.time());
        world.calm(this::isCalm);
    }

    static Outcome of(Seed seed, Tampering tampering) {
        SimulatedRun run = new SimulatedRun(seed, tampering);
        run.run();
        return new Outcome(
                run.world.checks().found(),
                run.events,
                run.world.subscriptions().stream()
                        .map(each -> each + " shows " + each.shown())
                        .toList());
    }

    private void run() {
        populate();
        world.pass(SETTLING);
        watchStill();
        if (seed.random("strand").nextInt(3) == 0) {
            strand();
        }
        long end = now() + CHAOS.toNanos();
        while (now() < end && world.checks().found().isEmpty()) {
            world.pass(Duration.ofMillis(random.nextInt(1500)));
            happen();
            world.checks().look(world.checks().contents());
        }
        heal();
        world.pass(SHOWN_WITHIN);
        world.checks().look(new EverybodySeesAll(false));
        world.pass(EXACT_WITHIN);
        world.checks().look(world.checks().contents());
        world.checks().look(new EverybodySeesAll(true));
    }

    private void populate() {
        for (DatacenterId datacenter : world.datacenters()) {
            for (int i = 0; i < 3; i++) {
                LiteralClient client = world.client(datacenter);
                client.publish(SimulatedWorld.still(datacenter));
                world.datacenters().forEach(each -> client.subscribe(SimulatedWorld.still(each), Scope.GLOBAL));
                client.subscribe(churning(), Scope.DATACENTER);
                quiet.add(client);
            }
            for (int i = 0; i < 4; i++) {
                newcomer(datacenter);
            }
        }
    }

    private void watchStill() {
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

    /** A session is lost, and its quiet clients reach no other; they are most of their service, so nobody may lose sight of them. */
    private void strand() {
        for (SimulatedNode node : world.allNodes()) {
            List<LiteralClient> there =
                    quiet.stream().filter(client -> client.isAt(node)).toList();
            if (there.size() >= 2 && !node.has(NodeRole.META)) {
                note("strand " + there.stream().map(LiteralClient::name).toList());
                there.forEach(client -> client.strand(STRANDED));
                crash(node, Duration.ofSeconds(2));
                world.pass(STRANDED.plus(SETTLING));
                return;
            }
        }
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

    private void happen() {
        faultsUntil.removeIf(until -> until < now());
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> republish();
            case 3, 4 -> unregister();
            case 5 -> newcomer(pick(List.copyOf(world.datacenters())));
            case 6 -> stop();
            case 7, 8 -> reconnect();
            case 9, 10 -> crash();
            case 11 -> pause();
            case 12, 13 -> cut();
            case 14 -> jump();
            default -> {
                if (random.nextInt(3) == 0) {
                    crashAll();
                } else if (random.nextInt(4) == 0) {
                    replace();
                } else {
                    if (weather.loss() > 0) {
                        // What was lost just now is missed, and sent again, only after a call's time-out.
                        faultFor(Duration.ZERO);
                    }
                    weather = pick(WEATHERS);
                    note("weather " + weather);
                    world.network().weather(weather);
                }
            }
        }
    }

    private void republish() {
        restless().stream().findFirst().ifPresent(each -> {
            each.client().republish(each);
            note("republish " + each.address());
        });
    }

    private void unregister() {
        restless().stream().findFirst().ifPresent(each -> {
            note("unregister " + each.address());
            LiteralClient client = each.client();
            client.unregister(each);
            client.publish(churning());
        });
    }

    private void stop() {
        restless().stream().findFirst().ifPresent(each -> {
            note("stop " + each.client().name());
            each.client().stop();
        });
    }

    private void reconnect() {
        restless().stream().findFirst().ifPresent(each -> {
            Duration late = pick(List.of(Duration.ZERO, Duration.ofMillis(random.nextInt(3000)), SimulatedEdge.IDLE));
            Duration pause = Duration.ofMillis(random.nextBoolean() ? random.nextInt(30) : 300 + random.nextInt(3000));
            note("reconnect " + each.client().name() + " after " + pause + ", closed " + late + " late");
            each.client().reconnect(late, pause);
        });
    }

    private void crash() {
        SimulatedNode node = pick(world.allNodes());
        if (node.isUp()) {
            crash(node, Duration.ofMillis(200 + random.nextInt(8000)));
        }
    }

    private void crashAll() {
        for (SimulatedNode node : world.allNodes()) {
            if (node.isUp()) {
                crash(node, Duration.ofMillis(200 + random.nextInt(4000)));
            }
        }
    }

    /** A data node comes back on empty disks, out of good weather: what sessions know is all there is. */
    private void replace() {
        SimulatedNode node = pick(world.allNodes());
        if (node.isUp() && node.has(NodeRole.DATA) && !node.has(NodeRole.META) && faultsUntil.isEmpty()) {
            crash(node, Duration.ofMillis(200 + random.nextInt(4000)));
            note("its disks are replaced");
            node.wipe();
        }
    }

    private void crash(SimulatedNode node, Duration downtime) {
        note("crash " + node.name() + " for " + downtime);
        blur();
        node.crash();
        if (isCalm()) {
            world.checks().look(new WhatWasTakenIsKept(node));
        }
        faultFor(downtime);
        agenda.schedule(downtime, () -> start(node));
    }

    private void start(SimulatedNode node) {
        if (!node.isUp()) {
            note("start " + node.name());
            node.start();
        }
    }

    private void pause() {
        SimulatedNode node = pick(world.allNodes());
        if (node.isRunning()) {
            Duration time = Duration.ofMillis(200 + random.nextInt(8000));
            note("pause " + node.name() + " for " + time);
            var process = node.process();
            process.pause();
            faultFor(time);
            agenda.schedule(time, process::resume);
        }
    }

    private void cut() {
        SimulatedNode one = pick(world.allNodes());
        SimulatedNode other = pick(world.allNodes());
        if (one != other) {
            Duration time = Duration.ofMillis(200 + random.nextInt(8000));
            boolean isOneWay = random.nextBoolean();
            note("cut " + one.name() + (isOneWay ? " to " : " and ") + other.name() + " for " + time);
            world.network().cut(one.name(), other.name());
            if (!isOneWay) {
                world.network().cut(other.name(), one.name());
            }
            faultFor(time);
            agenda.schedule(time, world.network()::heal);
        }
    }

    private void jump() {
        SimulatedNode node = pick(world.allNodes());
        Duration by = Duration.ofMillis(random.nextInt(1800) - 900);
        note("clock of " + node.name() + " jumps by " + by);
        node.jump(by);
    }

    private void heal() {
        note("heal");
        world.network().heal();
        weather = Weather.FAIR;
        world.network().weather(weather);
        for (SimulatedNode node : world.allNodes()) {
            if (!node.isUp()) {
                start(node);
            } else {
                node.process().resume();
            }
        }
    }

    /** What happened while something was broken, or a moment ago, may not have reached the disk that a crash leaves. */
    private void blur() {
        long since = (faultsUntil.isEmpty() ? now() : quietSince)
                - Duration.ofSeconds(1).toNanos();
        world.publications().stream()
                .filter(each -> each.changedNanos() >= since)
                .forEach(Publication::blur);
    }

    private void faultFor(Duration time) {
        if (faultsUntil.isEmpty()) {
            quietSince = now();
        }
        // Somewhat longer: what a fault held up takes a moment to get through.
        faultsUntil.add(now() + time.toNanos() + Duration.ofSeconds(5).toNanos());
    }

    private boolean isCalm() {
        return weather.loss() == 0 && faultsUntil.stream().allMatch(until -> until < now());
    }

    /** Publications that may be touched, in random order. */
    private List<Publication> restless() {
        List<Publication> all = new ArrayList<>(world.publications().stream()
                .filter(each ->
                        each.isWanted() && world.stillDatacenter(each.service()).isEmpty())
                .toList());
        Collections.shuffle(all, random);
        return all;
    }

    private DataInfoId churning() {
        return DataInfoId.of("churn-" + random.nextInt(CHURNING));
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void note(String event) {
        events.add(String.format("%.3f s: %s", now() / 1e9, event));
    }

    private long now() {
        return world.time().nanos();
    }
}
