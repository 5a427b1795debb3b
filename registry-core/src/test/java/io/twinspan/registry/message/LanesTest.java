package io.twinspan.registry.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which requests of a session may overtake each other on the way to one data node. */
class LanesTest {
    private static final SessionIncarnation SESSION = new SessionIncarnation(new NodeId("s1"), 1);
    private static final DataInfoId PAY = DataInfoId.of("pay");

    @Test
    void aChangeNeverOvertakesTheWholeListOfItsSlot() {
        assertThat(new ApplyChanges(SESSION, List.of()).lane())
                .isEqualTo(new SyncPublishers(SESSION, SlotId.of(PAY), List.of()).lane());
    }

    @Test
    void interestThatEndsNeverOvertakesInterestThatOpens() {
        int opening = fetch(SESSION, PAY).lane();
        assertThat(new DropInterest(SESSION, List.of(PAY)).lane()).isEqualTo(opening);
        assertThat(new SyncInterest(SESSION, SlotId.of(PAY), List.of()).lane()).isEqualTo(opening);
    }

    @Test
    void signsOfLifeAndQuestionsWaitForNoList() {
        int changes = new ApplyChanges(SESSION, List.of()).lane();
        assertThat(new RenewSession(SESSION, new Endpoint("127.0.0.1", 1), List.of()).lane())
                .isNotEqualTo(changes);
        assertThat(fetch(null, PAY).lane())
                .isNotEqualTo(changes)
                .isEqualTo(fetch(null, PAY).lane());
    }

    private static FetchDatums fetch(@Nullable SessionIncarnation interested, DataInfoId id) {
        return new FetchDatums(interested, List.of(new DatumQuery(new DatacenterId("east"), id, DatumVersion.NONE)));
    }
}
