package io.twinspan.registry.ops.broker;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Ports for one broker that differ from each other. A kernel that is asked for an unbound port names the same one again as long as
 * nobody has bound it, and a broker binds only when all of its ports are known.
 */
final class FreePorts {
    static final int MOST_DRAWS = 100;

    private final IntSupplier unbound;
    private final Set<Integer> taken = new HashSet<>();

    /** Draws from what the kernel names. */
    FreePorts(IntSupplier unbound) {
        this.unbound = unbound;
    }

    /** Never draws this one. */
    FreePorts besides(int port) {
        taken.add(port);
        return this;
    }

    /**
     * One that was neither drawn before nor excluded.
     *
     * @throws IllegalStateException when {@value #MOST_DRAWS} draws gave none
     */
    int next() {
        for (int draw = 0; draw < MOST_DRAWS; draw++) {
            int port = unbound.getAsInt();
            if (taken.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port on " + EmbeddedBroker.HOST + " besides " + taken);
    }
}
