package io.twinspan.registry.sync;

import static io.twinspan.registry.sync.TwoSides.EAST;
import static io.twinspan.registry.sync.TwoSides.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.sync.SyncOutcome.Seen;
import io.twinspan.registry.sync.announce.Announcements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Plays one {@link SyncOutcome} on manual time, and looks at everything that is installed on the way. */
final class OutcomeRun {
    /** Services of each side; each is wanted on the other. */
    static final int SERVICES = 200;

    /** A service that only one outcome is about. */
    static final DataInfoId AHEAD = DataInfoId.of("com.example.Ahead");

    private static final Duration STEP = Duration.ofMillis(100);
    private static final int CHURN_STEPS = 30;
    private static final int STAYS_STEPS = 100;
    private static final int STEPS_A_SECOND = 10;
    private static final Duration CALM = Duration.ofSeconds(15);

    private final SyncOutcome outcome;
    private final TwoSides world;
    private final Map<HeldDatums, Integer> lookedAt = new HashMap<>();
    private final Map<HeldDatums, Map<DataInfoId, DatumVersion>> newest = new HashMap<>();
    private List<Map<DataInfoId, DatumVersion>> before = List.of();

    OutcomeRun(SyncOutcome outcome) {
        this.outcome = outcome;
        this.world = new TwoSides(4, !outcome.isFromStart());
        for (DatacenterId each : List.of(EAST, WEST)) {
            publish(world, each);
            for (int i = 0; i < SERVICES; i++) {
                world.side(each).want(service(i));
            }
        }
        world.side(WEST).want(AHEAD);
    }

    static DataInfoId service(int number) {
        return DataInfoId.of("com.example.Service" + number);
    }

    static void publish(TwoSides world, DatacenterId side) {
        for (int i = 0; i < SERVICES; i++) {
            world.side(side).change(service(i), 1 + i % 3);
        }
    }

    /** So many services of each side get other publishers. */
    static void change(TwoSides world, int services) {
        for (int i = 0; i < services; i++) {
            world.side(EAST).change(service(world.random.nextInt(SERVICES)), 1 + world.random.nextInt(3));
            world.side(WEST).change(service(world.random.nextInt(SERVICES)), 1 + world.random.nextInt(3));
        }
    }

    void run() {
        if (!outcome.isFromStart()) {
            world.pass(CALM);
            assertThat(whatIsOther(SyncOutcome.within(0, PeerState.SYNCED, SyncPath.KAFKA, SyncOutcome.Held.RIGHT)))
                    .as("before")
                    .isEmpty();
        }
        before = contentOfWest();
        outcome.beginning().accept(world);
        outcome.lasting().ifPresent(seen -> {
            expect("while it lasts", seen);
            outcome.ending().accept(world);
        });
        expect("after it", outcome.after());
        assertProven();
    }

    private void expect(String when, Seen seen) {
        for (int step = 0; step < CHURN_STEPS; step++) {
            if (step % 2 == 0) {
                change(world, 3);
            }
            pass();
        }
        for (int step = 0; step < seen.seconds() * STEPS_A_SECOND; step++) {
            pass();
        }
        for (int step = 0; step < STAYS_STEPS; step++) {
            assertThat(whatIsOther(seen))
                    .as("%s, %s ms after the last change: %s", when, seen.seconds() * 1_000 + step * 100, outcome)
                    .isEmpty();
            pass();
        }
    }

    private void pass() {
        world.pass(STEP);
        world.sides.values().forEach(this::assertNothingWrongWasInstalled);
    }

    /** What is not as it should be, in words. */
    private List<String> whatIsOther(Seen seen) {
        List<String> other = new ArrayList<>();
        TwoSides.Side west = world.side(WEST);
        for (int node = 0; node < TwoSides.NODES; node++) {
            PeerStatus status = west.status(node);
            if (!seen.words().contains(status.state()) || !seen.paths().contains(status.path())) {
                other.add(status.toString());
            }
            Map<DataInfoId, DatumVersion> now = contentOfWest().get(node);
            switch (seen.held()) {
                case RIGHT -> addDifferences(truth(), now, other);
                case AS_BEFORE -> addDifferences(before.get(node), now, other);
                case RIGHT_OR_BEFORE -> {
                    // Looked at with each step.
                }
            }
        }
        return other;
    }

    private static void addDifferences(
            Map<DataInfoId, DatumVersion> wanted, Map<DataInfoId, DatumVersion> found, List<String> to) {
        wanted.forEach((id, version) -> {
            if (!version.equals(found.get(id))) {
                to.add(id + " is held under " + found.get(id) + " and not under " + version);
            }
        });
        found.keySet().stream().filter(id -> !wanted.containsKey(id)).forEach(id -> to.add(id + " is held"));
    }

    /** What the east has, as far as its versions do not lie in the future. */
    private Map<DataInfoId, DatumVersion> truth() {
        long latest = Announcements.CREATED + world.loop.nanos() / 1_000_000 + HybridClock.MERGE_BOUND.toMillis();
        Map<DataInfoId, DatumVersion> all = new HashMap<>();
        for (DigestEntry entry : world.side(EAST).listed()) {
            if (entry.version().stamp().millis() <= latest) {
                all.put(entry.id(), entry.version());
            }
        }
        return all;
    }

    private List<Map<DataInfoId, DatumVersion>> contentOfWest() {
        List<Map<DataInfoId, DatumVersion>> all = new ArrayList<>();
        for (HeldDatums held : world.side(WEST).held) {
            Map<DataInfoId, DatumVersion> versions = new HashMap<>();
            held.content.values().stream()
                    .filter(datum -> datum.count() > 0)
                    .forEach(datum -> versions.put(datum.id(), datum.version()));
            all.add(versions);
        }
        return all;
    }

    private void assertNothingWrongWasInstalled(TwoSides.Side side) {
        TwoSides.Side origin = world.side(TwoSides.other(side.name));
        for (HeldDatums held : side.held) {
            int from = Objects.requireNonNull(lookedAt.getOrDefault(held, 0));
            for (Datum datum : held.installs.subList(from, held.installs.size())) {
                Map<DataInfoId, DatumVersion> known = newest.computeIfAbsent(held, none -> new HashMap<>());
                DatumVersion older = known.getOrDefault(datum.id(), DatumVersion.NONE);
                assertThat(older.isAfter(datum.version()))
                        .as("%s goes back from %s in %s: %s", datum, older, side.name, outcome)
                        .isFalse();
                known.put(datum.id(), datum.version());
                assertThat(origin.wasTrue(datum))
                        .as("%s was never true, installed in %s: %s", datum, side.name, outcome)
                        .isTrue();
            }
            lookedAt.put(held, held.installs.size());
        }
    }

    private void assertProven() {
        for (TwoSides.Side side : world.sides.values()) {
            for (CrossDatacenterSync sync : side.syncs) {
                var found = sync.verify(false).toCompletableFuture();
                world.pass(PeerVerifier.LONGEST);
                assertThat(found).isDone();
                assertThat(found.join())
                        .allSatisfy(each ->
                                assertThat(each.isAgreed()).as("%s", each).isTrue());
            }
        }
    }
}
