package io.twinspan.registry.ops.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How two datacenters of the load tool's own are set up, and how much they are given to do.
 *
 * @param folder for their files; is made when absent, and must be empty
 * @param heap of each node, as in {@code -Xmx}
 * @param portOffset added to every default port of the east's node; the west's have 100 more
 * @param services known in the rows about a large registry
 * @param changes on each side during the cut
 * @param cutSeconds how long that lasts
 * @param runs of each kind where runs alternate
 */
public record SyncLoad(Path folder, String heap, int portOffset, int services, int changes, int cutSeconds, int runs) {
    private static final int BYTES = 256;

    /** Refuses what is out of bounds, naming the option. */
    public SyncLoad {
        Limits.checkHeap(heap);
        Limits.check("--port-offset", portOffset, 0, 50_000);
        Limits.check("--services", services, 100, 1_000_000);
        Limits.check("--cut-changes", changes, 10, 1_000_000);
        Limits.check("--cut-seconds", cutSeconds, 1, 600);
        Limits.check("--runs", runs, 1, 100);
    }

    /** One publisher a service. */
    FillLoad fill(int publishers) {
        return new FillLoad(8, 32, publishers, BYTES);
    }

    Duration cut() {
        return Duration.ofSeconds(cutSeconds);
    }
}
