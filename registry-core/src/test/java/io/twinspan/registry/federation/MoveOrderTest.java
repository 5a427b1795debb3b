package io.twinspan.registry.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MoveOrderTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");

    private static MoveOrder order(long version, long epoch, MoveStage stage) {
        return new MoveOrder(version, "f1", new FederationEpoch(epoch, WEST), EAST, WEST, stage, 1_000);
    }

    @Test
    void higherEpochHoldsAndThenHigherVersion() {
        assertThat(order(1, 8, MoveStage.PREPARED).isAfter(order(9, 7, MoveStage.ENDED)))
                .isTrue();
        assertThat(order(3, 7, MoveStage.PREPARED).isAfter(order(2, 7, MoveStage.ENDED)))
                .isTrue();
        assertThat(order(2, 7, MoveStage.ENDED).isAfter(order(2, 7, MoveStage.PREPARED)))
                .isFalse();
    }

    @Test
    void bothSidesAreShownUntilLongAfterTheEnd() {
        long late = 1_001 + MoveOrder.SHOWN_AFTER_END.toMillis();
        assertThat(order(1, 7, MoveStage.COMMITTED).shownBesides(EAST, late)).hasValue(WEST);
        assertThat(order(1, 7, MoveStage.ENDED).shownBesides(WEST, late - 1)).hasValue(EAST);
        assertThat(order(1, 7, MoveStage.ENDED).shownBesides(WEST, late)).isEmpty();
        assertThat(order(1, 7, MoveStage.PREPARED).shownBesides(new DatacenterId("north"), 0))
                .isEmpty();
    }

    @Test
    void nobodyIsMovedToWhereHeIsNorUnderANameThatIsNone() {
        FederationEpoch epoch = new FederationEpoch(7, WEST);
        assertThatThrownBy(() -> new MoveOrder(1, "f1", epoch, EAST, EAST, MoveStage.PREPARED, 0))
                .hasMessageContaining("where they are");
        for (String run : List.of("", " ", "a b", "x".repeat(65))) {
            assertThatThrownBy(() -> new MoveOrder(1, run, epoch, EAST, WEST, MoveStage.PREPARED, 0))
                    .as(run)
                    .hasMessageContaining("run");
        }
        assertThatThrownBy(() -> MoveStage.ofWord("done")).hasMessageContaining("prepared, committed, ended");
    }
}
