package io.twinspan.registry.sync;

import static io.twinspan.registry.sync.announce.Announcements.emptied;
import static io.twinspan.registry.sync.announce.Announcements.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmptiedLongAgoTest extends ListeningWest {
    private static final int SERVICES = 1_000;
    private static final Duration LONGER_THAN_NAMED = Duration.ofHours(25);

    @Test
    void whatAPeerHasEmptiedIsForgottenAndNothingElseIs() {
        start();
        List<DataInfoId> ids = IntStream.range(0, SERVICES)
                .mapToObj(number -> DataInfoId.of("com.example.Service" + number))
                .toList();
        ids.forEach(id -> tell(entry(id, 1)));
        tell(entry(ID, 1));
        held.hold(ID, entry(ID, 1).version());
        ids.forEach(id -> {
            tell(emptied(id, 2));
            held.hold(id, emptied(id, 2).version());
        });
        pass(LONG);
        assertThat(held.agreed).containsKeys(ids.toArray(DataInfoId[]::new));
        assertThat(known()).hasSize(SERVICES + 1);

        sync.release(EAST);
        loop.advance(LONGER_THAN_NAMED);
        pass(LONG);
        held.agreed.clear();
        pass(LONG);
        assertThat(known()).containsExactly(entry(ID, 1));
        assertThat(held.agreed).containsOnlyKeys(ID);
        assertThat(sync.tableOf(EAST).find(ids.get(0)).orElseThrow().count()).isZero();
        assertThat(status().state()).isEqualTo(PeerState.SYNCED);
        assertThat(status().facts().slotsInOrder()).isEqualTo(SlotId.COUNT);
    }

    private List<DigestEntry> known() {
        return IntStream.range(0, SlotId.COUNT)
                .mapToObj(SlotId::new)
                .flatMap(slot -> sync.tableOf(EAST).entries(slot).stream())
                .toList();
    }

    private PeerStatus status() {
        var status = sync.status().toCompletableFuture();
        loop.run();
        return status.join().peers().get(0);
    }
}
