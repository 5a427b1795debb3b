package io.twinspan.registry.node.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.acvip.HealthCheck;
import io.twinspan.registry.acvip.Vip;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VipStoreTest {
    @TempDir
    private Path folder;

    private final ManualEventLoop loop = new ManualEventLoop();
    private final List<Set<String>> told = new ArrayList<>();

    @Test
    void vipsThatComeInPartsAreInForceWhenAllAreHere() {
        VipStore store = new VipStore(folder.resolve("vips.json"), loop, vips -> told.add(Set.copyOf(vips.keySet())));
        store.onProvided(new ProvidedChanges(9, List.of(value("orders")), true));
        store.onProvided(new ProvidedChanges(9, List.of(value("pay")), true));
        loop.runDue();
        assertThat(told).isEmpty();

        store.onProvided(new ProvidedChanges(9, List.of(new ProvidedValue(DataInfoId.of("no.vip"), 1, "x", 9)), false));
        loop.runDue();
        assertThat(told).containsExactly(Set.of("orders", "pay"));
    }

    private static ProvidedValue value(String domain) {
        Vip vip = new Vip(domain, List.of(), DataInfoId.of("com.example." + domain), HealthCheck.NONE, 0);
        return new ProvidedValue(new DataInfoId(domain, "I", VipJson.GROUP), 1, VipJson.write(vip), 9);
    }
}
