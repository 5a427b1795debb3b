package io.twinspan.registry.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderEpochTest {
    @Test
    void everyTermIsAboveAllRanksOfTheOneBefore() {
        LeaderEpoch term = LeaderEpoch.NONE.next().next();
        assertThat(term.term()).isEqualTo(2);
        for (int rank = 0; rank < LeaderEpoch.RANKS; rank++) {
            LeaderEpoch lower = term.atRank(rank);
            assertThat(lower.rank()).isEqualTo(rank);
            assertThat(lower.term()).isEqualTo(2);
            assertThat(term.next().isAfter(lower)).isTrue();
            assertThat(lower.next()).isEqualTo(term.next());
        }
        assertThat(term.atRank(1).isAfter(term)).isTrue();
        assertThatThrownBy(() -> term.atRank(LeaderEpoch.RANKS)).hasMessageContaining("rank 8");
    }

    @Test
    void aSlotRefusesToHaveNobodyOrANodeTwice() {
        NodeId a = new NodeId("a");
        NodeId b = new NodeId("b");
        Slot slot = new Slot(new SlotId(1), LeaderEpoch.NONE.next(), List.of(a, b));
        assertThat(slot.leader()).isEqualTo(a);
        assertThat(slot.followers()).containsExactly(b);
        assertThat(slot.rankOf(new NodeId("c"))).isEqualTo(-1);
        assertThatThrownBy(() -> new Slot(new SlotId(1), LeaderEpoch.NONE, List.of()))
                .hasMessageContaining("slot 1 has 1 to 8 replicas");
        assertThatThrownBy(() -> new Slot(new SlotId(1), LeaderEpoch.NONE, List.of(a, a)))
                .hasMessageContaining("twice");
    }
}
