package io.twinspan.registry.it.cluster;

import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.PublisherCrowd;
import io.twinspan.registry.it.fixture.RecordedApplication;
import io.twinspan.registry.it.fixture.SyncComparison;
import io.twinspan.registry.it.fixture.TwoDatacenters;
import io.twinspan.registry.it.record.ClusterRecord;
import io.twinspan.registry.it.record.RecordChecks;
import io.twinspan.registry.it.record.ShownLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Two datacenters under churn, whose link fails in one way after the other. Each has services of its own, some that nobody touches
 * and some whose publishers come and go all the time; clients of both sides subscribe to all of them. The record of every list that
 * every client showed is checked after each fault, and both data nodes have to prove that the two sides agree; complaints are collected, so that one run tells of all of them.
 */
final class LinkRun implements AutoCloseable {
    private static final Duration SETTLE_BOUND = Duration.ofSeconds(90);

    /** T of DESIGN §13 within a datacenter is 5 s, across 10 s; the rest is for a machine that others use as well. */
    private static final Duration OWN_BOUND = Duration.ofSeconds(20);

    private static final Duration ACROSS_BOUND = Duration.ofSeconds(40);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int SHOWN_COMPLAINTS = 6;

    /**
     * How much there is on each side.
     *
     * @param stillServices that nobody touches, of {@code publishersEach}
     * @param livelyServices whose publishers come and go
     * @param churnEvery one publisher comes and one goes, on each side
     */
    record Size(int stillServices, int publishersEach, int livelyServices, Duration churnEvery) {}

    private final TwoDatacenters both;
    private final Size size;
    private final ClusterRecord record = ClusterRecord.fromNow();
    private final List<Half> halves;
    private final Set<String> untouched = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private final ScheduledExecutorService churn = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean isChurning;
    private long firstCalm;

    LinkRun(TwoDatacenters both, Size size) {
        this.both = both;
        this.size = size;
        this.halves = List.of(new Half("East", 1, both.east()), new Half("West", 2, both.west()));
    }

    /** Registers everything and waits until every client is shown all of it, on both sides. */
    LinkRun begin() {
        halves.forEach(Half::publish);
        await("all acknowledged")
                .atMost(SETTLE_BOUND)
                .pollInterval(LOOK_EVERY)
                .until(() -> halves.stream().allMatch(Half::isAcknowledged));
        for (Half viewer : halves) {
            for (Half shown : halves) {
                shown.services().forEach(service -> viewer.subscribe(shown, service));
            }
        }
        await("everybody shown everything before the first fault")
                .atMost(SETTLE_BOUND)
                .pollInterval(LOOK_EVERY)
                .until(() -> new RecordChecks(record)
                        .everyLiveIsShown(record.now(), record.now())
                        .isEmpty());
        firstCalm = record.now();
        churn.scheduleAtFixedRate(this::churnOnce, 0, size.churnEvery().toNanos(), TimeUnit.NANOSECONDS);
        return this;
    }

    /** Breaks the link for so long while clients publish and take back, looks at what both sides do by themselves, mends it, and checks. */
    void during(String fault, Duration lasting, Runnable breaking) {
        long since = record.now();
        List<String> found = new ArrayList<>();
        isChurning = true;
        awaitChanges();
        long broken = record.now();
        breaking.run();
        await(fault)
                .atMost(lasting.plus(SETTLE_BOUND))
                .pollInterval(LOOK_EVERY)
                .until(() -> record.now() - broken >= lasting.toNanos());
        awaitChanges();
        long alone = calmDown(found);
        found.addAll(withinBound(OWN_BOUND, () -> own().everyLiveIsShown(alone, record.now())));
        found.addAll(withinBound(OWN_BOUND, () -> own().everyGoneHasLeft(alone, record.now())));
        isChurning = true;
        long healed = record.now();
        both.link().heal();
        awaitChanges();
        long calm = calmDown(found);
        found.addAll(withinBound(ACROSS_BOUND, () -> new RecordChecks(record).everyLiveIsShown(calm, record.now())));
        found.addAll(withinBound(ACROSS_BOUND, () -> new RecordChecks(record).everyGoneHasLeft(calm, record.now())));
        double shown = seconds(record.now() - calm);
        found.addAll(withinBound(ACROSS_BOUND, this::disagreements));
        double proven = seconds(record.now() - calm);
        RecordChecks checks = new RecordChecks(record);
        found.addAll(checks.nothingReturns(since));
        found.addAll(checks.nothingIsLost(since));
        found.addAll(checks.nothingIsEmptied(since));
        found.addAll(checks.nothingStirs(untouched, firstCalm, since));
        complain(fault, since, found);
        System.out.printf(
                Locale.ROOT,
                "%s: away %.1f s, after the last change shown the same in %.1f s, proven in %.1f s, %d complaints%n",
                fault,
                seconds(healed - broken),
                shown,
                proven,
                found.size());
    }

    /** What was found wrong, by fault; empty when every claim held. */
    List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        all.addAll(record.refusals());
        return all;
    }

    /** How many lists the clients were shown. */
    int size() {
        return record.size();
    }

    @Override
    public void close() {
        churn.shutdownNow();
        halves.forEach(half -> half.crowd.close());
    }

    /** One side of the federation, as its clients see and make it. */
    private final class Half {
        private final String name;
        private final int number;
        private final RecordedApplication application;
        private final PublisherCrowd crowd;
        private final AtomicInteger changes = new AtomicInteger();

        Half(String name, int number, NodeProcess node) {
            this.name = name;
            this.number = number;
            this.application = new RecordedApplication(node, name, record);
            this.crowd = new PublisherCrowd(List.of(node.address(NodePort.SESSION_CLIENT)), record);
        }

        void publish() {
            for (int service = 0; service < size.stillServices(); service++) {
                untouched.add(still(service));
                for (int publisher = 0; publisher < size.publishersEach(); publisher++) {
                    crowd.add(
                            still(service),
                            "10." + number + "." + service / 250 + "." + service % 250 + ":" + (1_000 + publisher));
                }
            }
            crowd.start();
            for (int service = 0; service < size.livelyServices(); service++) {
                application.publish(lively(service), livelyAddress(service, 0));
            }
        }

        List<String> services() {
            List<String> all = new ArrayList<>();
            for (int service = 0; service < size.stillServices(); service++) {
                all.add(still(service));
            }
            for (int service = 0; service < size.livelyServices(); service++) {
                all.add(lively(service));
            }
            return all;
        }

        void subscribe(Half shown, String service) {
            application.subscribe(service, shown == this ? ScopeEnum.dataCenter : ScopeEnum.global);
        }

        /**
         * One publisher comes, and one goes that is two rounds old: the one between is there all the time, so that the list is never
         * empty. The client sends what is waiting in no order, so the one that comes may well come after the one that goes.
         */
        void change() {
            int round = changes.getAndIncrement();
            int service = round % size.livelyServices();
            int turn = round / size.livelyServices() + 1;
            application.publish(lively(service), livelyAddress(service, turn));
            if (turn > 1) {
                application.unpublish(lively(service), livelyAddress(service, turn - 2));
            }
        }

        boolean isAcknowledged() {
            return application.noteAcknowledged() && crowd.isRegistered();
        }

        boolean isOwn(ShownLine line) {
            return line.client().equals(name) && line.service().contains("." + name);
        }

        private String still(int service) {
            return "com.example." + name + "Still" + service;
        }

        private String lively(int service) {
            return "com.example." + name + "Lively" + service;
        }

        private String livelyAddress(int service, int turn) {
            return "10.10" + number + "." + service + ".1:" + turn;
        }
    }

    private void churnOnce() {
        if (!isChurning) {
            return;
        }
        try {
            halves.forEach(Half::change);
            halves.forEach(half -> half.application.noteAcknowledged());
        } catch (RuntimeException unexpected) {
            // The edge of this thread: what escaped it would end the churn without a word.
            record.refused("churn broke: " + unexpected);
        }
    }

    /** Until both sides have changed everything lively once more. */
    private void awaitChanges() {
        int target = halves.stream().mapToInt(half -> half.changes.get()).max().orElse(0) + size.livelyServices();
        await("churn")
                .atMost(SETTLE_BOUND)
                .pollInterval(LOOK_EVERY)
                .until(() -> halves.stream().allMatch(half -> half.changes.get() >= target));
    }

    /** Ends the churn; the time from which on everything that is there is acknowledged and nothing changes. */
    private long calmDown(List<String> found) {
        isChurning = false;
        waitFor(found, "a publisher was not acknowledged", () -> halves.stream().allMatch(Half::isAcknowledged));
        return record.now();
    }

    /** What each side shows of its own services to its own clients. */
    private RecordChecks own() {
        return new RecordChecks(record, line -> halves.stream().anyMatch(half -> half.isOwn(line)));
    }

    /** Both data nodes prove that what they know and hold of the other side is what that has, and say so in one word. */
    private List<String> disagreements() {
        List<String> found = new ArrayList<>();
        for (NodeProcess node : List.of(both.east(), both.west())) {
            SyncComparison.disagreement(node, true).ifPresent(found::add);
            if (!SyncComparison.stands(node, "SYNCED", "kafka")) {
                found.add(node.name() + " is not in sync: " + SyncComparison.status(node));
            }
        }
        return found;
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private List<String> withinBound(Duration bound, Supplier<List<String>> claim) {
        try {
            await("no complaint")
                    .atMost(bound)
                    .pollInterval(LOOK_EVERY)
                    .until(() -> claim.get().isEmpty());
            return List.of();
        } catch (ConditionTimeoutException late) {
            return claim.get();
        }
    }

    private void waitFor(List<String> found, String otherwise, Supplier<Boolean> condition) {
        try {
            await(otherwise).atMost(ACROSS_BOUND).pollInterval(LOOK_EVERY).until(condition::get);
        } catch (ConditionTimeoutException late) {
            found.add(otherwise + " within " + ACROSS_BOUND.toSeconds() + " s");
        }
    }

    private void complain(String fault, long since, List<String> found) {
        if (found.isEmpty()) {
            return;
        }
        complaints.add(String.format(Locale.ROOT, "%s, at %.1f s: %d complaints", fault, since / 1e9, found.size()));
        found.stream().limit(SHOWN_COMPLAINTS).forEach(each -> complaints.add("    " + each));
    }
}
