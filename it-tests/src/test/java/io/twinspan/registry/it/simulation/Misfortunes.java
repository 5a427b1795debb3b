package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.simulation.SimulatedNetwork.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** What happens to the machines of a world and to the ways between them, and how long it lasts. */
final class Misfortunes {
    private static final List<Weather> WEATHERS = List.of(
            Weather.FAIR,
            Weather.FAIR,
            new Weather(Duration.ofMillis(1), Duration.ofMillis(80), 0, 0, 0),
            new Weather(Duration.ofMillis(1), Duration.ofMillis(20), 0.05, 0, 0));
    private static final Duration SLOW_DISK = Duration.ofMillis(600);

    private final SimulatedWorld world;
    private final Random random;
    private final Consumer<String> note;
    private final ManualEventLoop agenda;
    private final List<Long> faultsUntil = new ArrayList<>();
    private final Map<DatacenterId, Long> hurtUntil = new HashMap<>();
    private long quietSince;
    private long outageUntil;
    private boolean isDataLost;
    private Weather weather = Weather.FAIR;

    Misfortunes(SimulatedWorld world, Random random, Consumer<String> note) {
        this.world = world;
        this.random = random;
        this.note = note;
        this.agenda = new ManualEventLoop(world.time());
    }

    /** True while nothing is broken, nor was a moment ago. */
    boolean isCalm() {
        return weather.loss() == 0 && faultsUntil.stream().allMatch(until -> until < now());
    }

    /** True while nothing is broken within a datacenter, nor was a moment ago, whatever goes on in others and between them. */
    boolean isCalmIn(DatacenterId datacenter) {
        return weather.loss() == 0 && hurtUntil.getOrDefault(datacenter, Long.MIN_VALUE) < now();
    }

    void forgetThePast() {
        faultsUntil.removeIf(until -> until < now());
    }

    /** One of the things that a storm brings. */
    void strike() {
        switch (random.nextInt(11)) {
            case 0, 1 -> crash(pick(world.allNodes()));
            case 2 -> pause(pick(world.allNodes()));
            case 3, 4 -> cut(pick(world.allNodes()), pick(world.allNodes()));
            case 5 -> jump(pick(world.allNodes()));
            case 6 -> strikeRarely();
            default -> change(random.nextInt(4));
        }
    }

    /** As {@link #strike}, but only to the nodes of datacenters that suffer at all. */
    void strikeTroubled() {
        List<SimulatedNode> all = world.allNodes().stream()
                .filter(each -> world.farFaults().isTroubled(each.datacenter()))
                .toList();
        if (all.isEmpty()) {
            changeMildly();
            return;
        }
        SimulatedNode node = pick(all);
        switch (random.nextInt(5)) {
            case 0, 1 -> crash(node);
            case 2 -> pause(node);
            case 3 -> cut(node, pick(world.nodes(node.datacenter())));
            default -> jump(node);
        }
    }

    private void strikeRarely() {
        switch (random.nextInt(4)) {
            case 0 -> crashAll();
            case 1 -> replace();
            case 2 -> slowDisk();
            default -> loseTopics(Duration.ofMillis(random.nextInt(8000)));
        }
    }

    /** Whoever is not there yet joins. */
    void grow() {
        world.allNodes().forEach(this::start);
    }

    /**
     * No majority of a meta group for a while: crashed, or unable to reach each other. Once, where there are enough of them, a data
     * node is away together with it, and back before or after.
     */
    void behead() {
        if (now() < outageUntil) {
            return;
        }
        Duration time = Duration.ofMillis(5000 + random.nextInt(30_000));
        outageUntil = now() + time.toNanos();
        DatacenterId datacenter = pick(List.copyOf(world.datacenters()));
        List<SimulatedNode> metas = world.nodes(datacenter).stream()
                .filter(each -> each.has(NodeRole.META))
                .toList();
        boolean isCrash = metas.size() == 1 || random.nextBoolean();
        int lost = world.metaGroup(datacenter).majority();
        for (SimulatedNode meta : metas.subList(metas.size() - lost, metas.size())) {
            if (isCrash) {
                if (meta.isUp()) {
                    crash(meta, time);
                }
            } else {
                note.accept("cut " + meta.name() + " off for " + time);
                world.allNodes().stream().filter(each -> each != meta).forEach(other -> cutOff(meta, other));
            }
        }
        // Whoever leads does not know yet that it has lost its majority.
        agenda.schedule(Duration.ofMillis(random.nextInt(600)), world.operator(datacenter)::put);
        faultFor(time, datacenter);
        agenda.schedule(time, world::healNetwork);
        List<SimulatedNode> spare = world.spareData(datacenter);
        if (!isDataLost && !spare.isEmpty() && random.nextBoolean()) {
            isDataLost = true;
            SimulatedNode away = pick(spare);
            Duration downtime = Duration.ofMillis(5000 + random.nextInt(30_000));
            // What goes wrong between datacenters may have taken it away already.
            if (away.isUp()) {
                crash(away, downtime);
            }
        }
    }

    /** The datacenters are cut off from each other, or the topics are away, or both. */
    void isolate() {
        if (now() < outageUntil) {
            return;
        }
        Duration time = Duration.ofMillis(5000 + random.nextInt(30_000));
        outageUntil = now() + time.toNanos();
        int kind = random.nextInt(3);
        if (kind != 0) {
            loseTopics(time);
        }
        if (kind != 1) {
            note.accept("the datacenters are cut off for " + time);
            for (SimulatedNode one : world.allNodes()) {
                world.allNodes().stream()
                        .filter(other -> !other.datacenter().equals(one.datacenter()))
                        .forEach(other -> world.network().cut(one.name(), other.name()));
            }
            agenda.schedule(time, world::healNetwork);
        }
        faultFor(time);
    }

    /** Other weather, such as no message is lost in. */
    void changeMildly() {
        change(random.nextInt(3));
    }

    private void change(int which) {
        if (random.nextInt(5) != 0) {
            return;
        }
        if (weather.loss() > 0) {
            // What was lost just now is missed, and sent again, only after a call's time-out.
            faultFor(Duration.ZERO);
        }
        weather = WEATHERS.get(which);
        note.accept("weather " + weather);
        world.network().weather(weather);
    }

    private void crash(SimulatedNode node) {
        if (node.isUp()) {
            crash(node, Duration.ofMillis(200 + random.nextInt(8000)));
        }
    }

    /** Everything dies at once. */
    void crashAll() {
        for (SimulatedNode node : world.allNodes()) {
            if (node.isUp()) {
                crash(node, Duration.ofMillis(200 + random.nextInt(4000)));
            }
        }
    }

    /**
     * A data node comes back on empty disks, out of good weather: what sessions know is all there is. Or a meta, while the others
     * have everything.
     */
    private void replace() {
        SimulatedNode node = pick(world.allNodes());
        boolean isData = node.has(NodeRole.DATA);
        boolean isLoneMeta = world.metaGroup(node.datacenter()).members().size() == 1;
        boolean isReplaceable = node.has(NodeRole.META) ? !isData && !isLoneMeta : isData;
        if (node.isUp() && isReplaceable && faultsUntil.isEmpty() && weather.loss() == 0) {
            crash(node, Duration.ofMillis(200 + random.nextInt(4000)));
            note.accept("its disks are replaced");
            if (isData) {
                node.wipe();
            } else {
                node.wipeMeta();
            }
        }
    }

    void crash(SimulatedNode node, Duration downtime) {
        note.accept("crash " + node.name() + " for " + downtime);
        blur();
        loseWord(node);
        node.crash();
        if (isCalm()) {
            world.checks().look(new WhatWasTakenIsKept(node));
        }
        faultFor(downtime, node.datacenter());
        agenda.schedule(downtime, () -> start(node));
    }

    /** Every machine of a datacenter dies, and comes back on empty disks. */
    void rebuild(DatacenterId datacenter, Duration downtime) {
        note.accept("rebuild " + datacenter + " after " + downtime);
        for (SimulatedNode node : world.nodes(datacenter)) {
            if (node.isUp()) {
                node.crash();
            }
            node.wipe();
            node.wipeMeta();
        }
        blur();
        world.onRebuilt(datacenter);
        faultFor(downtime, datacenter);
        world.nodes(datacenter).forEach(node -> agenda.schedule(downtime, () -> start(node)));
    }

    private void start(SimulatedNode node) {
        if (!node.isUp()) {
            note.accept("start " + node.name());
            node.start();
        }
    }

    private void pause(SimulatedNode node) {
        if (node.isRunning()) {
            Duration time = Duration.ofMillis(200 + random.nextInt(8000));
            note.accept("pause " + node.name() + " for " + time);
            var process = node.process();
            process.pause();
            faultFor(time, node.datacenter());
            agenda.schedule(time, process::resume);
        }
    }

    private void cut(SimulatedNode one, SimulatedNode other) {
        if (one != other) {
            Duration time = Duration.ofMillis(200 + random.nextInt(8000));
            boolean isOneWay = random.nextBoolean();
            note.accept("cut " + one.name() + (isOneWay ? " to " : " and ") + other.name() + " for " + time);
            world.network().cut(one.name(), other.name());
            if (!isOneWay) {
                world.network().cut(other.name(), one.name());
            }
            faultFor(time);
            agenda.schedule(time, world::healNetwork);
        }
    }

    private void cutOff(SimulatedNode one, SimulatedNode other) {
        world.network().cut(one.name(), other.name());
        world.network().cut(other.name(), one.name());
    }

    private void jump(SimulatedNode node) {
        Duration by = Duration.ofMillis(random.nextInt(1800) - 900);
        note.accept("clock of " + node.name() + " jumps by " + by);
        node.jump(by);
    }

    private void slowDisk() {
        SimulatedNode node = pick(world.allNodes());
        Duration time = Duration.ofMillis(random.nextInt(8000));
        note.accept("disk of " + node.name() + " is slow for " + time);
        node.slowDisk(SLOW_DISK);
        agenda.schedule(time, () -> node.slowDisk(Duration.ZERO));
    }

    private void loseTopics(Duration time) {
        note.accept("the topics are away for " + time);
        world.straits().setTopicsAway(true);
        faultFor(time);
        agenda.schedule(time, () -> world.straits().setTopicsAway(false));
    }

    /** Everything that is broken is mended. */
    void heal() {
        note.accept("heal");
        world.network().heal();
        world.straits().setTopicsAway(false);
        world.farFaults().heal();
        if (weather.loss() > 0) {
            // As when the weather changes: what was lost just now is missed only after a call's time-out.
            faultFor(Duration.ZERO);
        }
        weather = Weather.FAIR;
        world.network().weather(weather);
        for (SimulatedNode node : world.allNodes()) {
            node.slowDisk(Duration.ZERO);
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
                .forEach(each -> each.blur(now()));
    }

    /** What a session has taken while something was broken may be known to nobody else when it dies. */
    private void loseWord(SimulatedNode node) {
        if (!faultsUntil.isEmpty()) {
            world.publications().stream()
                    .filter(each ->
                            each.client().isAt(node) && each.isAcknowledged() && each.acknowledgedNanos() >= quietSince)
                    .forEach(each -> each.onWordLost());
        }
    }

    private void faultFor(Duration time) {
        world.datacenters().forEach(each -> faultFor(time, each));
    }

    private void faultFor(Duration time, DatacenterId datacenter) {
        if (faultsUntil.isEmpty()) {
            quietSince = now();
        }
        // Somewhat longer: what a fault held up takes a moment to get through.
        long until = now() + time.toNanos() + Duration.ofSeconds(5).toNanos();
        faultsUntil.add(until);
        hurtUntil.merge(datacenter, until, Math::max);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private long now() {
        return world.time().nanos();
    }
}
