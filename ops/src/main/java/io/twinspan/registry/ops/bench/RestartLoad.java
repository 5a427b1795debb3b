package io.twinspan.registry.ops.bench;

import java.nio.file.Path;

/**
 * How a node is filled, killed and started again.
 *
 * @param fill what it is filled with
 * @param heap of the node, as in {@code -Xmx}
 * @param portOffset added to every default port of the node
 * @param folder for the node's files; is made when absent, and must not hold a node already
 */
public record RestartLoad(FillLoad fill, String heap, int portOffset, Path folder) {
    /** Refuses what is out of bounds, naming the option. */
    public RestartLoad {
        Limits.check("--port-offset", portOffset, 0, 50_000);
        Limits.checkHeap(heap);
    }

    NodeOrder node() {
        return new NodeOrder(folder, "east", heap, portOffset);
    }
}
