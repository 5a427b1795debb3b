package io.twinspan.registry.ops.bench;

import java.nio.file.Path;

/**
 * How the push switch is turned under subscribers.
 *
 * @param folder for the node's files; is made when absent, and must be empty
 * @param heap of the node, as in {@code -Xmx}
 * @param portOffset added to every default port of the node
 * @param subscribers each of every service
 * @param services each with one publisher
 * @param connections among which the subscribers are divided; never more than these
 */
public record SwitchLoad(Path folder, String heap, int portOffset, int subscribers, int services, int connections) {
    /** Refuses what is out of bounds, naming the option. */
    public SwitchLoad {
        Limits.checkHeap(heap);
        Limits.check("--port-offset", portOffset, 0, 50_000);
        Limits.check("--subscribers", subscribers, 1, 100_000);
        Limits.check("--services", services, 1, 1_000);
        Limits.check("--connections", connections, 1, 15_000);
        connections = Math.min(connections, subscribers);
    }

    int subscriptions() {
        return subscribers * services;
    }
}
