package io.twinspan.registry.node.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.acvip.Duties;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolledDutyTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");

    @TempDir
    Path folder;

    @Test
    void theHighestEpochIsFollowedAndKeptOverARestart() {
        List<String> told = new ArrayList<>();
        PolledDuty duty = duty();
        duty.onChange(() -> told.add(String.valueOf(duty.current().epoch())));
        assertThat(duty.current()).isEqualTo(Duties.UNDECIDED);

        duty.take(status(3, "ACTIVE", "STANDBY"));
        duty.take(status(7, "DRAINING", "ACTIVE"));
        duty.take(status(7, "DRAINING", "ACTIVE"));
        duty.take(status(6, "ACTIVE", "STANDBY"));
        duty.take("{\"epoch\":null,\"duties\":{}}");
        duty.take("no json");
        duty.take(status(8, "WORKING", "ACTIVE"));

        Duties seventh = new Duties(new FederationEpoch(7, WEST), Map.of(EAST, Duty.DRAINING, WEST, Duty.ACTIVE));
        assertThat(duty.current()).isEqualTo(seventh);
        assertThat(told).containsExactly("3/west", "7/west");
        assertThat(duty().current()).as("after a restart").isEqualTo(seventh);

        duty.take(status(7, "STANDBY", "ACTIVE"));
        assertThat(duty.current().duties()).as("of one epoch the last word").containsEntry(EAST, Duty.STANDBY);
    }

    private PolledDuty duty() {
        return new PolledDuty(
                List.of(new Endpoint("meta", 9615)), new ManualEventLoop(), folder.resolve("resolver-duty.json"));
    }

    private static String status(long epoch, String east, String west) {
        return "{\"epoch\":{\"number\":" + epoch + ",\"issuer\":\"west\"},\"duties\":{\"east\":\"" + east
                + "\",\"west\":\"" + west + "\"},\"line\":\"\"}";
    }
}
