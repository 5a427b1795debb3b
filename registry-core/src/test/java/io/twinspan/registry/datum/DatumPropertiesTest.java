package io.twinspan.registry.datum;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The merge rule over random, duplicated and reordered histories; the seed is the test's argument. */
class DatumPropertiesTest {
    private static final Datum EMPTY = Datum.empty(new DatacenterId("east"), DataInfoId.of("service"));

    private final AtomicLong minted = new AtomicLong();

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void registrationsConvergeInAnyOrderAndNumberOfCopies(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<DatumChange> history = registrations(random);

        Datum once = applyInBatches(EMPTY, history, random);
        List<DatumChange> disordered = new ArrayList<>(history);
        disordered.addAll(history.subList(0, random.nextInt(history.size())));
        shuffle(disordered, random);
        Datum other = applyInBatches(EMPTY, disordered, random);

        assertThat(other.publishers()).isEqualTo(once.publishers());
        assertThat(other.contentHash()).isEqualTo(once.contentHash());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void historyAppliedAgainInItsOrderBringsNothingBackAndMintsNothingForRegistrations(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<DatumChange> history = changes(random);

        Datum once = applyInBatches(EMPTY, history, random);
        Datum again = applyInBatches(once, history, random);

        assertThat(again.publishers()).isEqualTo(once.publishers());
        assertThat(again.version()).isEqualTo(once.version());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tombstonesKeepLateCopiesOut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<DatumChange> history = changes(random);
        Datum once = applyInBatches(EMPTY, history, random);

        List<DatumChange> late = new ArrayList<>();
        for (DatumChange change : history) {
            if (change instanceof DatumChange.Register && once.find(change.id()).isEmpty()) {
                late.add(change);
            }
        }
        shuffle(late, random);

        assertThat(applyInBatches(once, late, random).publishers()).isEqualTo(once.publishers());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void versionIsMintedExactlyWhenContentChanges(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Datum datum = EMPTY;
        for (List<DatumChange> batch : batches(changes(random), random)) {
            long before = minted.get();
            Datum.Applied applied = datum.apply(batch, 0, this::mint);
            boolean isVisible = !content(applied.datum()).equals(content(datum));

            assertThat(applied.isContentChanged()).isEqualTo(isVisible);
            assertThat(minted.get() - before).isEqualTo(isVisible ? 1 : 0);
            assertThat(applied.datum().version().isAfter(datum.version())).isEqualTo(isVisible);
            datum = applied.datum();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void incrementalContentHashEqualsThatOfARebuiltDatum(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Datum datum = applyInBatches(EMPTY, changes(random), random);

        Datum rebuilt =
                Datum.of(datum.datacenter(), datum.id(), datum.version(), datum.publishers(), datum.tombstones());

        assertThat(rebuilt.contentHash()).isEqualTo(datum.contentHash());
        assertThat(rebuilt.publishers()).isEqualTo(datum.publishers());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void batchDoesTheSameAsItsChangesOneByOne(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<DatumChange> history = changes(random);
        List<ChangeOutcome> single = new ArrayList<>();
        Datum datum = EMPTY;
        for (DatumChange change : history) {
            Datum.Applied applied = datum.apply(List.of(change), 0, this::mint);
            single.addAll(applied.outcomes());
            datum = applied.datum();
        }

        Datum.Applied whole = EMPTY.apply(history, 0, this::mint);

        assertThat(whole.outcomes()).isEqualTo(single);
        assertThat(whole.datum().publishers()).isEqualTo(datum.publishers());
        assertThat(whole.datum().tombstones()).isEqualTo(datum.tombstones());
    }

    private Datum applyInBatches(Datum from, List<DatumChange> history, SplittableRandom random) {
        Datum datum = from;
        for (List<DatumChange> batch : batches(history, random)) {
            datum = datum.apply(batch, 0, this::mint).datum();
        }
        return datum;
    }

    private DatumVersion mint() {
        return new DatumVersion(minted.incrementAndGet());
    }

    private static List<List<Object>> content(Datum datum) {
        return datum.publishers().stream()
                .map(each -> List.<Object>of(each.id(), each.zone(), each.addresses()))
                .toList();
    }

    private static List<List<DatumChange>> batches(List<DatumChange> history, SplittableRandom random) {
        List<List<DatumChange>> batches = new ArrayList<>();
        int at = 0;
        while (at < history.size()) {
            int end = Math.min(history.size(), at + 1 + random.nextInt(5));
            batches.add(history.subList(at, end));
            at = end;
        }
        return batches;
    }

    /** Also with equal orders, which only copies that lost a race can have. */
    private static List<DatumChange> registrations(SplittableRandom random) {
        List<DatumChange> history = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            history.add(new DatumChange.Register(publisher(random, random.nextInt(6), random.nextInt(8), 0)));
        }
        return history;
    }

    /**
     * Registrations, unregistrations and removals, each later than the one before, as a session would order them. A connection
     * that was removed never registers again; the client comes back by another.
     */
    private static List<DatumChange> changes(SplittableRandom random) {
        List<DatumChange> history = new ArrayList<>();
        int connection = 0;
        for (int i = 0; i < 40; i++) {
            Publisher publisher = publisher(random, random.nextInt(6), i + 1, connection);
            history.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new DatumChange.Remove(publisher.id(), publisher.owner());
                        case 1 ->
                            new DatumChange.Unregister(
                                    publisher.id(), publisher.order(), publisher.owner(), random.nextBoolean());
                        default -> new DatumChange.Register(publisher);
                    });
            if (history.get(i) instanceof DatumChange.Remove) {
                connection += 2;
            }
        }
        return history;
    }

    private static Publisher publisher(SplittableRandom random, int number, int stamp, int connection) {
        SessionIncarnation session = new SessionIncarnation(new NodeId("s" + random.nextInt(2)), 1);
        List<String> addresses = random.nextBoolean() ? List.of("a\nb") : List.of("a", "b");
        return new Publisher(
                RegistrationId.ofSofa("r" + number),
                new RegistrationOrder(stamp / 3, new Stamp(stamp)),
                new Owner(session, connection + random.nextInt(2)),
                "zone" + random.nextInt(2),
                "app" + random.nextInt(2),
                "10.0.0.1:" + (1000 + random.nextInt(2)),
                addresses);
    }

    private static void shuffle(List<DatumChange> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, random.nextInt(i + 1));
        }
    }
}
