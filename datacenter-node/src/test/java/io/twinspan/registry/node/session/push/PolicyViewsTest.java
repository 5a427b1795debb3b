package io.twinspan.registry.node.session.push;

import static io.twinspan.registry.node.session.push.PushBench.datum;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.policy.PolicyRule;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.policy.PolicyTarget;
import io.twinspan.registry.policy.ViewPolicy;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What consumers see when operators change policies while they are connected. */
final class PolicyViewsTest {
    private final PushBench bench = PushBench.east();
    private final FakeConnection one = new FakeConnection(1);
    private long version;

    @Test
    void allShowsThePeerBesideOwnAndOwnFirstEmptiesItOnceAgain() {
        both();
        assertThat(one.shown("s")).containsExactly("a");

        decide(null, ViewPolicy.ALL);
        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "w");

        int before = one.pushes().size();
        decide(null, ViewPolicy.ownFirst(1));
        assertThat(one.shown("s")).containsExactly("a");
        assertThat(one.pushes().subList(before, one.pushes().size()))
                .as("the peer's segment once, as an empty map, and nothing else")
                .singleElement()
                .satisfies(push -> {
                    assertThat(push.segment()).isEqualTo(bench.peer);
                    assertThat(push.addressesByZone()).isEmpty();
                });
    }

    @Test
    void eachTurnOfAViewGoesUnderAFreshStamp() {
        both();
        for (int turn = 0; turn < 3; turn++) {
            decide(null, ViewPolicy.ALL);
            decide(null, ViewPolicy.OWN_ONLY);
            bench.confirmed(datum(bench.peer, next(), "Z1/w"));
        }
        decide(null, ViewPolicy.ALL);
        bench.confirmed(datum(bench.peer, next(), "Z1/w"));

        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "w");
        assertThat(one.client().ignored()).isZero();
        assertThat(one.pushes().stream().filter(push -> push.segment().equals(bench.peer)))
                .extracting(SegmentPush::wireVersion)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void thresholdTurnsOverBetweenOneAndTwoOwn() {
        both();
        decide(null, ViewPolicy.ownFirst(2));
        assertThat(one.shown("s")).as("one own is fewer than two").containsExactlyInAnyOrder("a", "w");

        bench.confirmed(datum(bench.own, next(), "Z1/a", "Z1/b"));
        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "b");

        bench.confirmed(datum(bench.own, next(), "Z1/b"));
        assertThat(one.shown("s")).containsExactlyInAnyOrder("b", "w");
    }

    @Test
    void pushOffKeepsThePeerFromConsumersAndGoesOnTakingItIn() {
        bench.subscribe(one, "s", Scope.GLOBAL);
        bench.confirmed(Datum.empty(bench.own, PushBench.SERVICE));
        bench.confirmed(datum(bench.peer, next(), "Z1/w"));
        assertThat(one.shown("s")).containsExactly("w");

        decide(false, null);
        assertThat(one.shown("s")).isEmpty();
        int before = one.pushes().size();
        bench.confirmed(datum(bench.peer, next(), "Z1/w", "Z1/v"));
        assertThat(one.pushes()).as("nothing of the peer's changes").hasSize(before);

        decide(true, null);
        assertThat(one.shown("s")).as("with what came meanwhile").containsExactlyInAnyOrder("v", "w");
    }

    @Test
    void underOwnOnlyNobodyWantsThePeerAndWhatWasHeldOfItIsForgotten() {
        both();
        SubscribedService service = bench.pusher.find(PushBench.SERVICE).orElseThrow();
        assertThat(service.isGlobal()).isTrue();

        decide(null, ViewPolicy.OWN_ONLY);
        assertThat(service.isGlobal()).isFalse();
        assertThat(service.segments().find(bench.peer)).isEmpty();
        bench.confirmed(datum(bench.peer, next(), "Z1/late"));
        assertThat(service.segments().find(bench.peer))
                .as("an answer that was under way")
                .isEmpty();

        decide(null, ViewPolicy.ALL);
        assertThat(one.shown("s")).as("until it is asked for again").containsExactly("a");
        bench.confirmed(datum(bench.peer, next(), "Z1/new"));
        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "new");
    }

    @Test
    void underAllThePeerWaitsForNothingOfTheOwnSegment() {
        decide(null, ViewPolicy.ALL);
        bench.subscribe(one, "s", Scope.GLOBAL);
        bench.answer(DatumAnswer.unknown(bench.own, PushBench.SERVICE));
        bench.confirmed(datum(bench.peer, next(), "Z1/w"));

        assertThat(one.shown("s")).containsExactly("w");
    }

    @Test
    void whatIsLeftOfALostPeerIsShownAtOnceAndWhateverComesAfter() {
        both();
        decide(null, ViewPolicy.ALL);
        bench.confirmed(datum(bench.peer, next(), "Z1/w", "Z1/v"));
        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "v", "w");

        bench.answer(DatumAnswer.inCustody(datum(bench.peer, next(), "Z1/v")));
        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "v");
        int before = one.pushes().size();
        bench.answer(DatumAnswer.inCustody(datum(bench.peer, next(), "Z1/v")));
        assertThat(one.pushes()).as("the same again").hasSize(before);

        bench.answer(DatumAnswer.inCustody(datum(bench.peer, next(), "Z1/u")));
        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "u");
        bench.confirmed(datum(bench.peer, next(), "Z1/w"));
        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "w");
        assertThat(one.client().ignored()).isZero();
    }

    @Test
    void scopeDatacenterSeesNoPeerWhateverThePolicy() {
        decide(null, ViewPolicy.ALL);
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        bench.confirmed(datum(bench.peer, next(), "Z1/w"));

        assertThat(one.shown("s")).containsExactly("a");
    }

    @Test
    void aPolicyForOtherServicesPushesNothing() {
        both();
        int before = one.pushes().size();
        PolicyRule other = new PolicyRule(new PolicyTarget("*", "*", "com.other.*"), null, null, ViewPolicy.ALL);

        assertThat(bench.pusher.onPolicies(new PolicyTable(++version, List.of(other))))
                .isEmpty();
        bench.advance(Duration.ofMillis(1));

        assertThat(one.pushes()).hasSize(before);
    }

    private void both() {
        bench.subscribe(one, "s", Scope.GLOBAL);
        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        bench.confirmed(datum(bench.peer, next(), "Z1/w"));
    }

    private long next() {
        bench.advance(Duration.ofMillis(1));
        return bench.version();
    }

    private void decide(@Nullable Boolean isPushed, @Nullable ViewPolicy view) {
        PolicyRule rule = new PolicyRule(PolicyTarget.all(), null, isPushed, view);
        bench.pusher.onPolicies(new PolicyTable(++version, List.of(rule)));
        bench.advance(Duration.ofMillis(1));
    }
}
