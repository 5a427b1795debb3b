package io.twinspan.registry.node.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.Duties;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerJsonTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");

    @Test
    void anAnswerNamesTheDatacentersThatDrainAndNoOthers() {
        assertThat(answer(Duty.DRAINING)).containsEntry("draining", List.of("east"));
        for (Duty each : List.of(Duty.STANDBY, Duty.JOINING, Duty.DOWN)) {
            assertThat(answer(each)).as(each.name()).containsEntry("draining", List.of());
        }
    }

    private static Map<String, @Nullable Object> answer(Duty east) {
        Duties duties = new Duties(new FederationEpoch(8, WEST), Map.of(EAST, east, WEST, Duty.ACTIVE));
        Candidate session = Candidate.well(new Endpoint("10.1.0.1", 9600), WEST, "", 100);
        return AnswerJson.of(DomainAnswer.of("session.twinspan", duties, Place.in(EAST), 5, List.of(session)));
    }
}
