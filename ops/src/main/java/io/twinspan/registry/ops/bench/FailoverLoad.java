package io.twinspan.registry.ops.bench;

import java.nio.file.Path;

/**
 * What is moved from one datacenter to the other.
 *
 * @param folder for what is started; is made when absent, and must be empty
 * @param heap of each node, as in {@code -Xmx}
 * @param portOffset added to every default port of the east; the west has 100 more, agents begin at 9800
 * @param crowd the clients, all in the east before
 * @param agents that forward them, where they come through agents
 * @param rounds moves in rows of planned ones, there and back in turn; the last is measured
 */
public record FailoverLoad(Path folder, String heap, int portOffset, Crowd crowd, int agents, int rounds) {
    /**
     * How many clients, and what each has.
     *
     * @param publishers of each client
     * @param subscriptions of each client
     */
    public record Crowd(int clients, int publishers, int subscriptions) {
        /** Refuses what is out of bounds, naming the option. */
        public Crowd {
            Limits.check("--clients", clients, 1, 9_000);
            Limits.check("--publishers", publishers, 1, 1_000);
            Limits.check("--subscriptions", subscriptions, 1, 100);
        }

        CrowdServices services(String name) {
            return new CrowdServices(name, clients, publishers, subscriptions);
        }
    }

    /** Refuses what is out of bounds, naming the option. */
    public FailoverLoad {
        Limits.checkHeap(heap);
        Limits.check("--port-offset", portOffset, 0, 22_000);
        Limits.check("--agents", agents, 1, 50);
        Limits.check("--rounds", rounds, 1, 100);
    }

    /** The same in a folder of its own. */
    FailoverLoad in(String name) {
        return new FailoverLoad(folder.resolve(name), heap, portOffset, crowd, agents, rounds);
    }
}
