package io.twinspan.registry.node.session.push;

import static io.twinspan.registry.node.session.push.PushBench.datum;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PusherTest {
    private final PushBench bench = PushBench.east();
    private final FakeConnection one = new FakeConnection(1);
    private final FakeConnection two = new FakeConnection(2);

    @ParameterizedTest
    @EnumSource(Scope.class)
    void whileOwnIsUnknownNothingIsPushedAndNothingEmptied(Scope scope) {
        bench.subscribe(one, "s", scope);
        bench.answer(DatumAnswer.unknown(bench.own, PushBench.SERVICE));
        bench.confirmed(datum(bench.peer, bench.version(), "Z1/w"));
        bench.unconfirmed(Datum.empty(bench.own, PushBench.SERVICE));
        bench.advance(Duration.ofSeconds(10));

        assertThat(one.pushes()).isEmpty();
    }

    @Test
    void confirmedEmptinessGivesTheInitialEmptyPush() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(Datum.empty(bench.own, PushBench.SERVICE));

        assertThat(one.pushes().get(0).segment()).isEqualTo(bench.own);
        assertThat(one.pushes().get(0).addressesByZone()).isEmpty();
        assertThat(one.client().wasPushed("s")).isTrue();
    }

    @Test
    void confirmedContentGoesUnderAStampAboveItsVersion() {
        long version = bench.version();
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, version, "Z1/a"));

        SegmentPush first = one.pushes().get(0);
        assertThat(first.wireVersion()).isGreaterThan(version);
        assertThat(first.wireVersion() & 0xff).isEqualTo(7);
        assertThat(first.addressesByZone()).isEqualTo(Map.of("Z1", List.of("a")));
        assertThat(first.localZone()).isEqualTo("Z1");
    }

    @Test
    void stampsAreAboveVersionsThatRunAheadOfTheClock() {
        long ahead = Stamp.atMillis(bench.time.millis() + 10_000).value();
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.unconfirmed(datum(bench.own, ahead, "Z1/a"));
        bench.confirmed(datum(bench.own, ahead, "Z1/a"));

        assertThat(one.pushes()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(one.client().ignored()).isZero();
    }

    @Test
    void unconfirmedContentGoesUnderItsVersionAndAgainUnderAStampOnceConfirmed() {
        Datum held = datum(bench.own, bench.version(), "Z1/a");
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.unconfirmed(held);

        assertThat(one.pushes()).hasSize(1);
        assertThat(one.last().wireVersion()).isEqualTo(held.version().value());

        bench.confirmed(held);

        assertThat(one.pushes())
                .filteredOn(push -> push.segment().equals(bench.own))
                .hasSize(2);
        assertThat(one.pushes().get(1).wireVersion())
                .isGreaterThan(held.version().value());
        assertThat(one.shown("s")).containsExactly("a");
    }

    @Test
    void anUnconfirmedChangeThatTheClientIgnoredIsShownOnceItIsConfirmed() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, bench.version(), "Z1/a"));
        Datum changed = datum(bench.own, one.pushes().get(0).wireVersion() - 1, "Z1/a", "Z1/b");
        bench.unconfirmed(changed);
        assertThat(one.client().ignored()).isOne();
        assertThat(one.shown("s")).containsExactly("a");

        bench.confirmed(changed);

        assertThat(one.shown("s")).containsExactly("a", "b");
    }

    @Test
    void aLaterSubscriberIsServedAtOnceFromWhatIsHeldButConfirmedForItself() {
        Datum held = datum(bench.own, bench.version(), "Z1/a");
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(held);
        bench.advance(Duration.ofSeconds(1));
        bench.subscribe(two, "t", Scope.DATACENTER);

        assertThat(two.pushes()).hasSize(1);
        assertThat(two.last().wireVersion()).isEqualTo(held.version().value());
        assertThat(two.shown("t")).containsExactly("a");

        bench.answer(DatumAnswer.of(held, held.version(), true), bench.arrivals.count() - 1);
        assertThat(two.pushes())
                .as("an answer asked for before it arrived confirms nothing")
                .hasSize(1);

        bench.confirmed(held);
        assertThat(two.pushes().get(1).wireVersion())
                .isGreaterThan(one.pushes().get(0).wireVersion());
        assertThat(one.pushes())
                .filteredOn(push -> push.segment().equals(bench.own))
                .hasSize(1);
    }

    @Test
    void subscribersThatKeepArrivingShareAStampThatIsNoOlderThanTheyAre() {
        Datum held = datum(bench.own, bench.version(), "Z1/a");
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(held);
        long firstStamp = one.pushes().get(0).wireVersion();
        FakeConnection[] later = {new FakeConnection(11), new FakeConnection(12), new FakeConnection(13)};
        Stamp lastArrival = Stamp.ZERO;
        for (FakeConnection each : later) {
            bench.advance(Duration.ofMillis(20));
            lastArrival = bench.clock.next();
            bench.subscribe(each, "r", Scope.DATACENTER);
            bench.confirmed(held);
            assertThat(each.pushes())
                    .as("only the unconfirmed push before the window ends")
                    .hasSize(1);
        }
        bench.advance(Duration.ofMillis(100));

        long shared = later[0].pushes().get(1).wireVersion();
        assertThat(shared).isGreaterThan(firstStamp).isGreaterThan(lastArrival.value());
        for (FakeConnection each : later) {
            assertThat(each.pushes().get(1).wireVersion()).isEqualTo(shared);
            assertThat(each.pushes().get(1).addressesByZone())
                    .isSameAs(later[0].pushes().get(1).addressesByZone());
        }
    }

    @Test
    void changedContentNeverWaitsForAWindow() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, bench.version(), "Z1/a"));
        bench.confirmed(datum(bench.own, bench.version() + 256, "Z1/a", "Z1/b"));

        assertThat(one.shown("s")).containsExactly("a", "b");
    }

    @Test
    void peersOutsideTheViewAreEmptiedOnceAndNeverBeforeOwnIsStamped() {
        Datum held = datum(bench.own, bench.version(), "Z1/a");
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.unconfirmed(held);
        assertThat(one.pushes()).extracting(SegmentPush::segment).containsExactly(bench.own);

        bench.confirmed(held);
        bench.confirmed(datum(bench.own, bench.version() + 512, "Z1/b"));
        bench.advance(Duration.ofSeconds(5));

        assertThat(one.pushes())
                .extracting(SegmentPush::segment)
                .containsExactly(bench.own, bench.own, bench.peer, bench.own);
        assertThat(one.pushes().get(2).addressesByZone()).isEmpty();
        assertThat(one.pushes().get(2).wireVersion())
                .isGreaterThan(one.pushes().get(1).wireVersion());
    }

    @Test
    void whenOwnProvidersVanishThePeersAreShownBeforeOwnIsEmptied() {
        bench.subscribe(one, "s", Scope.GLOBAL);
        bench.confirmed(datum(bench.own, bench.version(), "Z1/a"));
        bench.confirmed(datum(bench.peer, bench.version(), "Z1/w"));
        assertThat(one.shown("s")).containsExactly("a");

        bench.confirmed(datum(bench.own, bench.version() + 256));
        assertThat(one.shown("s")).containsExactly("w");

        bench.confirmed(datum(bench.own, bench.version() + 512, "Z1/b"));
        assertThat(one.shown("s")).containsExactly("b");
        assertThat(one.client().history()).noneMatch(TreeSet::isEmpty);
        assertThat(one.client().ignored()).isZero();
    }

    @Test
    void aPeersSegmentShownAgainGoesUnderAStampEvenWhenUnconfirmed() {
        bench.subscribe(one, "s", Scope.GLOBAL);
        bench.confirmed(datum(bench.own, bench.version(), "Z1/a"));
        bench.unconfirmed(datum(bench.peer, bench.version() - 1000, "Z1/w"));
        bench.confirmed(datum(bench.own, bench.version() + 256));

        assertThat(one.shown("s")).containsExactly("w");
    }

    @Test
    void scopeZoneIsShownItsZoneOfItsOwnDatacenterOnly() {
        bench.subscribe(one, "s", Scope.ZONE);
        bench.confirmed(datum(bench.own, bench.version(), "z1/a", "Z2/b"));
        bench.confirmed(datum(bench.peer, bench.version(), "Z1/w"));

        assertThat(one.shown("s")).containsExactly("a");
    }

    @Test
    void subscribersWithTheSameNeedShareAPush() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.subscribe(one, "t", Scope.DATACENTER);
        bench.subscribe(one, "g", Scope.GLOBAL);
        bench.confirmed(datum(bench.own, bench.version(), "Z1/a"));

        assertThat(one.pushes())
                .filteredOn(push -> push.segment().equals(bench.own))
                .extracting(SegmentPush::registIds)
                .containsExactlyInAnyOrder(List.of("s", "t"), List.of("g"));
    }

    @Test
    void onePushIsInFlightAndOnlyTheNewestFollows() {
        bench.subscribe(one, "s", Scope.GLOBAL);
        one.hold();
        for (int i = 1; i <= 50; i++) {
            bench.confirmed(datum(bench.own, bench.version() + 256L * i, "Z1/" + i));
        }
        assertThat(one.pushes()).hasSize(1);

        one.release();
        bench.advance(Duration.ofMillis(1));

        assertThat(one.pushes())
                .filteredOn(push -> push.segment().equals(bench.own))
                .hasSize(2);
        assertThat(one.shown("s")).containsExactly("50");
    }

    @Test
    void aFailedPushIsTriedAgainAndEndsWithTheNewest() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        one.failNext(3);
        bench.confirmed(datum(bench.own, bench.version(), "Z1/a"));
        bench.confirmed(datum(bench.own, bench.version() + 256, "Z1/b"));
        bench.advance(Duration.ofSeconds(5));

        assertThat(one.shown("s")).containsExactly("b");
        assertThat(bench.metrics.values()).containsEntry("twinspan.push.failed", 3L);
    }

    @Test
    void nothingIsPushedAfterTheConnectionClosed() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        one.failNext(1);
        bench.confirmed(datum(bench.own, bench.version(), "Z1/a"));
        int before = one.pushes().size();
        bench.pusher.close(one.number());
        bench.advance(Duration.ofMinutes(1));

        assertThat(one.pushes()).hasSize(before);
        assertThat(bench.pusher.services()).isEmpty();
        assertThat(bench.pusher.count()).isZero();
    }

    @Test
    void aRestartedLeaderThatKnowsLessChangesNothing() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        Datum held = datum(bench.own, bench.version(), "Z1/a", "Z1/b");
        bench.confirmed(held);
        int before = one.pushes().size();
        bench.answer(DatumAnswer.of(Datum.empty(bench.own, PushBench.SERVICE), DatumVersion.NONE, false));
        bench.answer(DatumAnswer.unknown(bench.own, PushBench.SERVICE));
        SegmentNews news = bench.pusher
                .find(PushBench.SERVICE)
                .orElseThrow()
                .segments()
                .onAnswer(
                        DatumAnswer.of(Datum.empty(bench.own, PushBench.SERVICE), DatumVersion.NONE, true),
                        bench.arrivals.count());

        assertThat(news).isEqualTo(SegmentNews.LEADER_IS_BEHIND);
        assertThat(one.pushes()).hasSize(before);
    }

    @Test
    void aPausedConnectionIsPushedNothingAndEverythingWhenResumed() {
        bench.pusher.open(one);
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, bench.version(), "Z1/a"));
        bench.pusher.pause(one.number(), true);
        bench.confirmed(datum(bench.own, bench.version() + 256, "Z1/b"));
        assertThat(one.shown("s")).containsExactly("a");

        bench.pusher.pause(one.number(), false);
        bench.confirmed(datum(bench.own, bench.version() + 256, "Z1/b"));
        bench.advance(Duration.ofSeconds(1));
        assertThat(one.shown("s")).containsExactly("b");
    }

    @Test
    void whatAClientDoesNotReadWaitsAndOnlyTheNewestIsSentWhenItReadsAgain() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.subscribe(two, "t", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, bench.version(), "Z1/a0"));
        one.setReading(false);
        int before = one.pushes().size();
        for (int i = 1; i <= 100; i++) {
            bench.confirmed(datum(bench.own, bench.version(), "Z1/a" + i));
            bench.advance(Duration.ofSeconds(1));
        }

        assertThat(one.pushes()).as("nothing is sent, nothing is tried again").hasSize(before);
        assertThat(two.shown("t")).containsExactly("a100");

        one.setReading(true);
        bench.pusher.onReading(1);

        assertThat(one.pushes()).hasSize(before + 1);
        assertThat(one.shown("s")).containsExactly("a100");
    }
}
