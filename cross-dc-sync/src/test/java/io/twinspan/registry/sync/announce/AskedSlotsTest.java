package io.twinspan.registry.sync.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is asked for is worked off in this order, and the simulator has to do the same in every process. */
class AskedSlotsTest {
    private static final List<SlotId> IN_ORDER =
            IntStream.range(0, 64).mapToObj(SlotId::new).toList();

    private static final Set<SlotId> IN_ANY_ORDER = IN_ORDER.stream().collect(Collectors.toUnmodifiableSet());

    @Test
    void slotsOfAQuestionAreInTheirOrderWhateverTheProcessMakesOfASet() {
        assertThat(new Question(IN_ANY_ORDER, false, false).slots()).containsExactlyElementsOf(IN_ORDER);
        Sender west = Announcements.sender(new DatacenterId("west"));
        assertThat(new Pull(west, new DatacenterId("east"), SlotId.COUNT, IN_ANY_ORDER, false).slots())
                .containsExactlyElementsOf(IN_ORDER);
    }

    @Test
    void slotsThatNewsAreAboutAreInTheirOrder() {
        assertThat(new PeerNews(List.of(), List.of(), IN_ANY_ORDER).known()).containsExactlyElementsOf(IN_ORDER);
    }
}
