package io.twinspan.registry.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.policy.PeerShowing;
import io.twinspan.registry.policy.ViewPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ViewTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DatacenterId NORTH = new DatacenterId("north");

    @ParameterizedTest
    @CsvSource({
        "ZONE,       0, 1, ZONE,  EMPTIED",
        "ZONE,       3, 1, ZONE,  EMPTIED",
        "DATACENTER, 0, 1, WHOLE, EMPTIED",
        "DATACENTER, 3, 1, WHOLE, EMPTIED",
        "GLOBAL,     0, 1, WHOLE, WHOLE",
        "GLOBAL,     1, 1, WHOLE, EMPTIED",
        "GLOBAL,     9, 1, WHOLE, EMPTIED",
        "GLOBAL,     2, 3, WHOLE, WHOLE",
        "GLOBAL,     3, 3, WHOLE, EMPTIED",
        "ZONE,       2, 3, ZONE,  EMPTIED",
        "DATACENTER, 2, 3, WHOLE, EMPTIED",
    })
    void ownIsAlwaysShownAndPeersOnlyToGlobalWhenOwnIsShort(
            Scope scope, int ownAddresses, int threshold, View.Part own, View.Part peer) {
        View view = View.decide(scope, OwnSegment.of(EAST, ownAddresses), all(PeerShowing.ownFirst(threshold)));

        assertThat(view.parts())
                .containsEntry(EAST, own)
                .containsEntry(WEST, peer)
                .containsEntry(NORTH, peer);
        assertThat(view.parts().keySet()).containsExactly(EAST, NORTH, WEST);
        assertThat(view.shows(EAST)).isTrue();
        assertThat(view.shows(WEST)).isEqualTo(peer != View.Part.EMPTIED);
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void unknownOwnSegmentDecidesNothing(Scope scope) {
        View view = View.decide(scope, OwnSegment.unknown(EAST), all(PeerShowing.ownFirst(1)));

        assertThat(view.isDecided()).isFalse();
        assertThat(view.parts()).isEmpty();
        assertThat(view.shows(EAST)).isFalse();
    }

    @Test
    void aPeerOfTheOwnNameChangesNothing() {
        View view = View.decide(Scope.GLOBAL, OwnSegment.of(EAST, 1), Map.of(EAST, PeerShowing.ownFirst(1)));

        assertThat(view.parts()).containsOnlyKeys(EAST).containsEntry(EAST, View.Part.WHOLE);
    }

    @ParameterizedTest
    @CsvSource({
        "GLOBAL,     all,         true,  9, WHOLE",
        "GLOBAL,     all,         true,  0, WHOLE",
        "GLOBAL,     all,         false, 0, EMPTIED",
        "GLOBAL,     own-only,    true,  0, EMPTIED",
        "GLOBAL,     own-first:3, true,  2, WHOLE",
        "GLOBAL,     own-first:3, false, 2, EMPTIED",
        "DATACENTER, all,         true,  0, EMPTIED",
        "ZONE,       all,         true,  0, EMPTIED",
    })
    void policiesDecideWhatScopeGlobalIsShownOfPeers(
            Scope scope, String policy, boolean isPushed, int ownAddresses, View.Part peer) {
        PeerShowing showing = new PeerShowing(ViewPolicy.ofWord(policy), isPushed);

        View view = View.decide(scope, OwnSegment.of(EAST, ownAddresses), all(showing));

        assertThat(view.parts()).containsEntry(WEST, peer).containsEntry(NORTH, peer);
    }

    @Test
    void eachPeerHasAPolicyOfItsOwn() {
        View view = View.decide(
                Scope.GLOBAL,
                OwnSegment.of(EAST, 1),
                Map.of(WEST, new PeerShowing(ViewPolicy.ALL, true), NORTH, PeerShowing.ownFirst(1)));

        assertThat(view.parts()).containsEntry(WEST, View.Part.WHOLE).containsEntry(NORTH, View.Part.EMPTIED);
    }

    @Test
    void whatIsShownAnyhowWaitsForNothingOfTheOwnSegment() {
        Map<DatacenterId, PeerShowing> peers =
                Map.of(WEST, new PeerShowing(ViewPolicy.ALL, true), NORTH, new PeerShowing(ViewPolicy.OWN_ONLY, true));

        assertThat(View.decide(Scope.GLOBAL, OwnSegment.unknown(EAST), peers).parts())
                .containsOnlyKeys(WEST)
                .containsEntry(WEST, View.Part.WHOLE);
        assertThat(View.decide(Scope.DATACENTER, OwnSegment.unknown(EAST), peers)
                        .isDecided())
                .isFalse();
    }

    @Test
    void subscriberWithoutIdIsRefused() {
        assertThatThrownBy(() -> new Subscriber(" ", DataInfoId.of("com.example.Pay"), Scope.GLOBAL))
                .hasMessageContaining("registId");
    }

    private static Map<DatacenterId, PeerShowing> all(PeerShowing showing) {
        return Map.of(WEST, showing, NORTH, showing);
    }
}
