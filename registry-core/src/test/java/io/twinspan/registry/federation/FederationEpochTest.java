package io.twinspan.registry.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import org.junit.jupiter.api.Test;

class FederationEpochTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");

    @Test
    void theHigherNumberWinsWhoeverIssuedIt() {
        assertThat(new FederationEpoch(8, EAST)).isGreaterThan(new FederationEpoch(7, WEST));
        assertThat(new FederationEpoch(7, EAST).next(WEST)).isEqualTo(new FederationEpoch(8, WEST));
    }

    @Test
    void oneNumberOfTwoIssuersIsAConflictWithAnOrder() {
        FederationEpoch east = new FederationEpoch(7, EAST);
        FederationEpoch west = new FederationEpoch(7, WEST);

        assertThat(east.conflictsWith(west)).isTrue();
        assertThat(east.conflictsWith(east)).isFalse();
        assertThat(west).isGreaterThan(east);
    }

    @Test
    void whatIsTooFarAheadIsNotBelieved() {
        FederationEpoch known = new FederationEpoch(7, EAST);

        assertThat(new FederationEpoch(7 + FederationEpoch.FARTHEST_AHEAD, WEST).isTooFarFrom(known))
                .isFalse();
        assertThat(new FederationEpoch(8 + FederationEpoch.FARTHEST_AHEAD, WEST).isTooFarFrom(known))
                .isTrue();
    }

    @Test
    void thereIsNoEpochBeforeTheFirst() {
        assertThatThrownBy(() -> new FederationEpoch(0, EAST)).hasMessageContaining("the first is 1");
    }
}
