package io.twinspan.registry.it.cluster;

import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.PublisherCrowd;
import io.twinspan.registry.it.fixture.RecordedApplication;
import io.twinspan.registry.it.fixture.RegistryCluster;
import io.twinspan.registry.it.record.ClusterRecord;
import io.twinspan.registry.it.record.RecordChecks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One datacenter under load, on which faults are tried one after the other. While a node is away, official clients publish and take
 * back; after each fault D1 to D5 are checked on what every client was shown since it began. Complaints are collected, so that one
 * run tells of all faults.
 */
final class FaultRun implements AutoCloseable {
    private static final Duration SETTLE_BOUND = Duration.ofSeconds(90);

    /** D2: a session's lease of 10 s, and T of 5 s. */
    private static final Duration LEASE_AND_T = Duration.ofSeconds(15);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int SHOWN_COMPLAINTS = 6;

    private final RegistryCluster cluster;
    private final Load load;
    private final Duration quiet;
    private final Duration healed;
    private final ClusterRecord record = ClusterRecord.fromNow();
    private final List<PublisherCrowd> crowds = new ArrayList<>();
    private final List<RecordedApplication> applications = new ArrayList<>();
    private final Set<String> untouched = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private long firstCalm;
    private int round;

    /**
     * @param quiet how long to look on after a fault has healed, for what comes late
     * @param healed how long after a fault everybody may take to be shown everything; clients that lost their session need the most
     *     of it
     */
    FaultRun(RegistryCluster cluster, Load load, Duration quiet, Duration healed) {
        this.cluster = cluster;
        this.load = load;
        this.quiet = quiet;
        this.healed = healed;
    }

    /** Registers everything and waits until every client is shown all of it. */
    FaultRun begin() {
        List<NodeProcess> sessions = cluster.nodes(NodeRole.SESSION);
        startCrowds(sessions);
        for (int i = 0; i < load.applications(); i++) {
            applications.add(new RecordedApplication(sessions.get(i % sessions.size()), "app-" + i, record));
            untouched.add(load.ownService(i));
            applications.get(i).publish(load.ownService(i), "10.100.0." + i + ":1");
            applications.get(i).publish(load.livelyService(i), livelyAddress(i, 0));
        }
        await("all acknowledged")
                .atMost(SETTLE_BOUND)
                .pollInterval(LOOK_EVERY)
                .until(() -> isAcknowledged() && crowds.stream().allMatch(PublisherCrowd::isRegistered));
        for (int i = 0; i < load.applications(); i++) {
            for (int other = 0; other < load.applications(); other++) {
                applications.get(i).subscribe(load.ownService(other));
                applications.get(i).subscribe(load.livelyService(other));
            }
            for (int j = 0; j < load.subscriptionsEach(); j++) {
                applications.get(i).subscribe(load.service((i * load.subscriptionsEach() + j) % load.services()));
            }
        }
        await("everybody shown everything before the first fault")
                .atMost(SETTLE_BOUND)
                .pollInterval(LOOK_EVERY)
                .until(() -> new RecordChecks(record)
                        .everyLiveIsShown(record.now(), record.now())
                        .isEmpty());
        firstCalm = record.now();
        return this;
    }

    /**
     * Breaks something, lets clients publish and take back meanwhile, mends it, and checks.
     *
     * @param fault what is done, for the complaints
     */
    void during(String fault, Runnable breaking, Runnable mending) {
        long since = record.now();
        round++;
        List<String> found = new ArrayList<>();
        if (!load.takesBackMeanwhile()) {
            publishAndTakeBack();
            long takenBack = record.now();
            found.addAll(
                    untilEmpty(LEASE_AND_T, () -> new RecordChecks(record).everyGoneHasLeft(takenBack, record.now())));
        }
        breaking.run();
        if (load.takesBackMeanwhile()) {
            publishAndTakeBack();
        }
        mending.run();
        waitFor(found, "not all nodes were well again", () -> {
            cluster.awaitHealthy();
            return true;
        });
        waitFor(
                found,
                "a publisher was not acknowledged within " + healed.toSeconds() + " s",
                () -> isAcknowledged() && crowds.stream().allMatch(PublisherCrowd::isRegistered));
        long calm = record.now();
        found.addAll(untilEmpty(healed, () -> new RecordChecks(record).everyLiveIsShown(calm, record.now())));
        found.addAll(untilEmpty(LEASE_AND_T, () -> new RecordChecks(record).everyGoneHasLeft(calm, record.now())));
        RecordChecks checks = new RecordChecks(record);
        found.addAll(checks.nothingReturns(since));
        found.addAll(checks.nothingIsLost(since));
        found.addAll(checks.nothingStirs(untouched, firstCalm, since));
        complain(fault, since, found);
    }

    /** What was found wrong, by fault; empty when every claim held. Ends with refusals, which nothing excuses. */
    List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        if (!record.refusals().isEmpty()) {
            all.add(record.refusals().size() + " registrations were refused, for example "
                    + record.refusals().get(0));
        }
        return all;
    }

    /** How many lists the clients were shown. */
    int size() {
        return record.size();
    }

    @Override
    public void close() {
        crowds.forEach(PublisherCrowd::close);
        cluster.close();
    }

    private void publishAndTakeBack() {
        for (int i = 0; i < applications.size(); i++) {
            applications.get(i).publish(load.livelyService(i), livelyAddress(i, round));
            applications.get(i).unpublish(load.livelyService(i), livelyAddress(i, round - 1));
        }
    }

    private void startCrowds(List<NodeProcess> sessions) {
        List<String> addresses = new ArrayList<>(sessions.stream()
                .map(session -> session.address(NodePort.SESSION_CLIENT))
                .toList());
        for (int i = 0; i < load.crowds(); i++) {
            crowds.add(new PublisherCrowd(addresses, record));
            Collections.rotate(addresses, 1);
        }
        for (int service = 0; service < load.services(); service++) {
            untouched.add(load.service(service));
            for (int number = 0; number < load.publishersEach(); number++) {
                crowds.get(number % crowds.size()).add(load.service(service), load.address(service, number));
            }
        }
        crowds.forEach(PublisherCrowd::start);
    }

    private boolean isAcknowledged() {
        return applications.stream().map(RecordedApplication::noteAcknowledged).reduce(true, Boolean::logicalAnd);
    }

    /** Looks until there is nothing to complain of, at least for the quiet time; what is left at the bound. */
    private List<String> untilEmpty(Duration bound, Supplier<List<String>> claim) {
        try {
            await("no complaint")
                    .pollDelay(quiet)
                    .atMost(bound.plus(quiet))
                    .pollInterval(LOOK_EVERY)
                    .until(() -> claim.get().isEmpty());
            return List.of();
        } catch (ConditionTimeoutException late) {
            return claim.get();
        }
    }

    private void waitFor(List<String> found, String otherwise, Supplier<Boolean> condition) {
        try {
            await(otherwise)
                    .atMost(healed.plus(SETTLE_BOUND))
                    .pollInterval(LOOK_EVERY)
                    .until(condition::get);
        } catch (ConditionTimeoutException late) {
            found.add(otherwise);
        }
    }

    private void complain(String fault, long since, List<String> found) {
        if (found.isEmpty()) {
            return;
        }
        complaints.add(String.format(
                Locale.ROOT, "%s, at %.1f s: %d complaints, %s", fault, since / 1e9, found.size(), kinds(found)));
        found.stream().limit(SHOWN_COMPLAINTS).forEach(each -> complaints.add("    " + each));
    }

    /** How many of each claim. */
    private static String kinds(List<String> found) {
        return found.stream()
                .map(each -> each.substring(0, 2))
                .distinct()
                .sorted()
                .map(kind -> kind + " × "
                        + found.stream().filter(each -> each.startsWith(kind)).count())
                .toList()
                .toString();
    }

    private static String livelyAddress(int application, int round) {
        return "10.101." + application + "." + round + ":1";
    }
}
