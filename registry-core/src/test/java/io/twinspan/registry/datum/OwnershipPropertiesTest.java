package io.twinspan.registry.datum;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.message.ChangeResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One registration that several connections to two sessions have made, whose clocks disagree by anything: which of them is listed,
 * who may take it away, and what tombstones are needed for. The seed is the test's argument.
 */
class OwnershipPropertiesTest {
    private static final RegistrationId ID = RegistrationId.ofSofa("r");
    private static final Datum EMPTY = Datum.empty(new DatacenterId("east"), DataInfoId.of("service"));
    private static final int CLOCK_SKEW = 1_000_000;
    private static final long RETENTION = 600;

    private final AtomicLong minted = new AtomicLong();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /** What one connection sends, in its order; it ends with the close of the connection, or does not. */
    private record Connection(Publisher registered, boolean isClosed) {
        List<DatumChange> changes() {
            DatumChange register = new DatumChange.Register(registered);
            return isClosed ? List.of(register, new DatumChange.Remove(ID, registered.owner())) : List.of(register);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theLatestIsListedUnlessItsOwnConnectionHasClosed(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Connection> connections = connections(random, 1 + random.nextInt(4));
        Connection latest = latest(connections);

        Datum datum = apply(EMPTY, interleaved(connections, random));

        assertThat(datum.find(ID).isPresent()).isEqualTo(!latest.isClosed());
        datum.find(ID).ifPresent(listed -> assertThat(listed).isEqualTo(latest.registered()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aLiveConnectionWinsBackWhatNobodyListsAndNothingElse(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Connection> connections = connections(random, 2 + random.nextInt(3));
        Datum datum = apply(EMPTY, interleaved(connections, random));
        for (Connection each : connections) {
            if (each.isClosed()) {
                continue;
            }
            Publisher mine = each.registered();
            DatumChange offer = new DatumChange.Register(mine);
            Datum.Applied offered = datum.apply(List.of(offer), 0, this::mint);
            ChangeOutcome outcome = offered.outcomes().get(0);
            ChangeResult.Known known =
                    ChangeResult.of(offered.datum(), offer, outcome).known();

            assertThat(offered.isContentChanged())
                    .as("an offer alone wins nothing")
                    .isFalse();
            assertThat(known == null).isEqualTo(outcome == ChangeOutcome.APPLIED);
            if (known == null) {
                continue;
            }
            assertThat(known.state())
                    .isEqualTo(datum.find(ID).isPresent() ? ChangeResult.State.LISTED : ChangeResult.State.ABANDONED);
            if (known.order().clientVersion() <= mine.order().clientVersion()) {
                Publisher above = ordered(
                        mine,
                        mine.order().clientVersion(),
                        known.order().stamp().nextTick());
                assertThat(apply(datum, List.of(new DatumChange.Register(above)))
                                .find(ID))
                        .contains(above);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatTheClientDidLastCountsWhateverTheClocksSay(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<DatumChange> history = new ArrayList<>();
        int last = 2 + random.nextInt(4);
        for (int version = 1; version < last; version++) {
            history.add(new DatumChange.Register(publisher(random, version, version)));
        }
        boolean isTakenBack = random.nextBoolean();
        Publisher end = publisher(random, last, last);
        history.add(
                isTakenBack
                        ? new DatumChange.Unregister(ID, end.order(), end.owner(), true)
                        : new DatumChange.Register(end));
        history.addAll(List.copyOf(history).subList(0, random.nextInt(history.size())));
        shuffle(history, random);

        Datum datum = apply(EMPTY, history);

        assertThat(datum.find(ID).map(each -> each.order().clientVersion()).orElse(0L))
                .isEqualTo(isTakenBack ? 0L : last);
        if (isTakenBack) {
            assertThat(datum.findTombstone(ID).orElseThrow().isLeftByClose()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoDoesNotOwnItTakesNothingAway(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Datum datum = apply(EMPTY, interleaved(connections(random, 3), random));
        List<DatumChange> strange = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Publisher somebody = publisher(random, 100 + i, 1 + random.nextInt(5));
            strange.add(new DatumChange.Remove(ID, somebody.owner()));
            if (datum.find(ID).isPresent()) {
                strange.add(new DatumChange.Unregister(ID, somebody.order(), somebody.owner(), false));
            }
        }

        assertThat(datum.apply(strange, 0, this::mint).datum()).isSameAs(datum);
    }

    /**
     * What may be collected when: every copy of a change arrives less than the retention after it was made, so a tombstone that
     * old keeps nothing out any more.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void collectingTombstonesAfterTheRetentionChangesNothing(long seed) {
        record Arrival(long at, DatumChange change) {}
        SplittableRandom random = new SplittableRandom(seed);
        List<Arrival> arrivals = new ArrayList<>();
        long now = 0;
        for (int version = 1; version <= 12; version++) {
            now += random.nextLong(RETENTION);
            Publisher publisher = publisher(random, version, version);
            DatumChange change = random.nextInt(3) == 0
                    ? new DatumChange.Unregister(ID, publisher.order(), publisher.owner(), true)
                    : new DatumChange.Register(publisher);
            for (int copy = 0; copy <= random.nextInt(3); copy++) {
                arrivals.add(new Arrival(now + random.nextLong(RETENTION), change));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));

        Datum kept = EMPTY;
        Datum collected = EMPTY;
        for (Arrival each : arrivals) {
            kept = kept.apply(List.of(each.change()), each.at(), this::mint).datum();
            collected = collected
                    .withoutTombstones(old -> each.at() - old.removedAtMillis() > RETENTION)
                    .apply(List.of(each.change()), each.at(), this::mint)
                    .datum();
            assertThat(collected.publishers()).isEqualTo(kept.publishers());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aTombstoneCollectedTooEarlyLetsBackInOnlyWhatItKeptOut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Connection> connections = connections(random, 3);
        Datum datum = apply(EMPTY, interleaved(connections, random));
        Publisher late = connections.get(random.nextInt(3)).registered();

        Datum with = apply(datum, List.of(new DatumChange.Register(late)));
        Datum without = apply(datum.withoutTombstones(any -> true), List.of(new DatumChange.Register(late)));

        assertThat(datum.withoutTombstones(any -> true).publishers()).isEqualTo(datum.publishers());
        assertThat(without.publishers()).isEqualTo(datum.count() > 0 ? with.publishers() : List.of(late));
    }

    private Datum apply(Datum from, List<DatumChange> changes) {
        Datum datum = from;
        for (DatumChange change : changes) {
            datum = datum.apply(List.of(change), 0, this::mint).datum();
        }
        return datum;
    }

    private DatumVersion mint() {
        return new DatumVersion(minted.incrementAndGet());
    }

    /** Each connection's changes in its own order, with copies of earlier ones; the connections in any order. */
    private static List<DatumChange> interleaved(List<Connection> connections, SplittableRandom random) {
        List<List<DatumChange>> left = new ArrayList<>();
        for (Connection each : connections) {
            List<DatumChange> changes = new ArrayList<>(each.changes());
            if (random.nextBoolean()) {
                changes.add(1, changes.get(0));
            }
            if (each.isClosed() && random.nextBoolean()) {
                changes.add(changes.get(0));
            }
            left.add(changes);
        }
        List<DatumChange> all = new ArrayList<>();
        while (!left.isEmpty()) {
            List<DatumChange> one = left.get(random.nextInt(left.size()));
            all.add(one.remove(0));
            left.removeIf(List::isEmpty);
        }
        return all;
    }

    private static List<Connection> connections(SplittableRandom random, int count) {
        List<Connection> connections = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Publisher registered = publisher(random, number, 1 + random.nextInt(2));
            connections.add(new Connection(registered, random.nextBoolean()));
        }
        return connections;
    }

    private static Connection latest(List<Connection> connections) {
        return connections.stream()
                .max(Comparator.comparing(each -> each.registered().order()))
                .orElseThrow();
    }

    /** By one of two sessions, under any stamp at all; no two stamps are equal. */
    private static Publisher publisher(SplittableRandom random, int connection, long version) {
        SessionIncarnation session = new SessionIncarnation(new NodeId("s" + random.nextInt(2)), 1);
        return new Publisher(
                ID,
                new RegistrationOrder(version, new Stamp(1000L * random.nextInt(CLOCK_SKEW) + connection)),
                new Owner(session, connection),
                "zone",
                "app",
                "10.0.0.1:1000",
                List.of("10.0.0.1:" + version));
    }

    private static Publisher ordered(Publisher from, long version, Stamp stamp) {
        return new Publisher(
                from.id(),
                new RegistrationOrder(version, stamp),
                from.owner(),
                from.zone(),
                from.appName(),
                from.client(),
                from.addresses());
    }

    private static void shuffle(List<DatumChange> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            DatumChange swapped = list.get(i);
            list.set(i, list.get(j));
            list.set(j, swapped);
        }
    }
}
