package io.twinspan.registry.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import java.util.List;
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
        View view = View.decide(scope, OwnSegment.of(EAST, ownAddresses), threshold, List.of(WEST, NORTH));

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
        View view = View.decide(scope, OwnSegment.unknown(EAST), 1, List.of(WEST));

        assertThat(view.isDecided()).isFalse();
        assertThat(view.parts()).isEmpty();
        assertThat(view.shows(EAST)).isFalse();
    }

    @Test
    void aPeerOfTheOwnNameChangesNothing() {
        View view = View.decide(Scope.GLOBAL, OwnSegment.of(EAST, 1), 1, List.of(EAST));

        assertThat(view.parts()).containsOnlyKeys(EAST).containsEntry(EAST, View.Part.WHOLE);
    }

    @Test
    void thresholdBelowOneIsRefused() {
        assertThatThrownBy(() -> View.decide(Scope.GLOBAL, OwnSegment.of(EAST, 1), 0, List.of()))
                .hasMessageContaining("at least 1, not 0");
    }

    @Test
    void subscriberWithoutIdIsRefused() {
        assertThatThrownBy(() -> new Subscriber(" ", DataInfoId.of("com.example.Pay"), Scope.GLOBAL))
                .hasMessageContaining("registId");
    }
}
