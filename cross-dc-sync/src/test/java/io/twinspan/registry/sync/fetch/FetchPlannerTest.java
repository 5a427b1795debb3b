package io.twinspan.registry.sync.fetch;

import static io.twinspan.registry.sync.announce.Announcements.emptied;
import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchPlannerTest {
    private static final DataInfoId ID = DataInfoId.of("com.example.Orders");

    @Test
    void whatNobodyWantsIsNeverFetched() {
        FetchPlan plan = FetchPlanner.plan(List.of(entry(ID, 5), emptied(ID, 6)), id -> false, id -> DatumVersion.NONE);
        assertThat(plan).isEqualTo(new FetchPlan(List.of(), List.of()));
    }

    @Test
    void whatIsHeldAsAnnouncedOrNewerIsNotFetched() {
        assertThat(plan(entry(ID, 5), version(5)).fetch()).isEmpty();
        assertThat(plan(entry(ID, 5), version(6)).fetch()).isEmpty();
    }

    @Test
    void whatIsWantedAndOlderOrNotHeldIsFetched() {
        assertThat(plan(entry(ID, 5), version(4)).fetch()).containsExactly(entry(ID, 5));
        assertThat(plan(entry(ID, 5), DatumVersion.NONE).fetch()).containsExactly(entry(ID, 5));
    }

    @Test
    void whatHasNoPublishersIsEmptiedWithoutAFetch() {
        assertThat(plan(emptied(ID, 5), version(4))).isEqualTo(new FetchPlan(List.of(), List.of(emptied(ID, 5))));
        assertThat(plan(emptied(ID, 5), version(5)).emptied()).isEmpty();
    }

    private static FetchPlan plan(DigestEntry announced, DatumVersion held) {
        return FetchPlanner.plan(List.of(announced), id -> true, id -> held);
    }
}
