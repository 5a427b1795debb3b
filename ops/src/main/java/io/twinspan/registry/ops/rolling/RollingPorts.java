package io.twinspan.registry.ops.rolling;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a rolling restart sees and does.
 *
 * @param say takes each line for the operator
 */
record RollingPorts(Eyes eyes, Hold hold, Restarts restarts, Keeper keeper, Pace pace, Consumer<String> say) {
    /** Sees the datacenter. */
    interface Eyes {
        /** How a node is; also of one that does not answer. */
        NodeSight look(RollingNode node);

        /** How the whole is. */
        DatacenterSight lookAround();
    }

    /** Holds removals back from clients: additions go out, removals wait. */
    interface Hold {
        /** Whose hold of this kind is in force already, in words; empty when there is none. */
        String found();

        /**
         * Holds from now on for so long, in place of an earlier hold.
         *
         * @param isConfirmed true when every session has to have said that it obeys
         * @return empty when done; otherwise what stands in the way
         */
        String hold(Duration within, boolean isConfirmed);

        /** Ends the hold; empty when done, or when there was none. */
        String release();
    }

    /** Restarts nodes. */
    interface Restarts {
        /** Restarts these together; returns what went wrong, in words, when the last command has ended or its time is over. */
        List<String> restart(List<RollingNode> together, String command);
    }

    /** Keeps the journal. */
    interface Keeper {
        /** Returns when it is on disk. */
        void save(RollingJournal journal);
    }

    /** Time. */
    interface Pace {
        /** Monotonic, in nanoseconds. */
        long nanos();

        /** Lets time pass. */
        void pause(Duration time);
    }
}
