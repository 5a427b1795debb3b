package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Weighs the heap of a server before and after many publishers have registered. */
final class HeapRound {
    /** What one server holds. */
    record Held(Measure measure, long bytesBefore, long bytesAfter, int publishers) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "%.1f MB, with the publishers %.1f MB: %d bytes for each",
                    bytesBefore / 1e6,
                    bytesAfter / 1e6,
                    Math.round((double) (bytesAfter - bytesBefore) / publishers));
        }
    }

    private static final int WARMING_PUBLISHERS = 1_000;

    private final FillLoad load;
    private final InstantSource clock;
    private final HeapGauge gauge;

    HeapRound(FillLoad load, InstantSource clock, HeapGauge gauge) {
        this.load = load;
        this.clock = clock;
        this.gauge = gauge;
    }

    /** @param pids of the server, whose heaps are added up */
    Held measure(Endpoint bolt, String name, ServerClock server, List<Long> pids) {
        try (RawClient client = new RawClient(push -> {})) {
            var connections = client.connect(bolt, load.connections());
            // What a server makes once, for its first registrations, is not the publishers'.
            FillLoad warming = load.withPublishers(Math.min(load.publishers(), WARMING_PUBLISHERS));
            new Filling(client, connections, name + ".warming", warming, clock).fill(server);
            server.awaitQuiet();
            long before = liveBytes(pids);
            Measure measure = new Filling(client, connections, name, load, clock).fill(server);
            server.awaitQuiet();
            return new Held(measure, before, liveBytes(pids), load.publishers());
        }
    }

    private long liveBytes(List<Long> pids) {
        return pids.stream().mapToLong(gauge::liveBytes).sum();
    }
}
