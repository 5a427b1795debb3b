package io.twinspan.registry.node.session.push;

/** Counts the subscribers that arrived, as the measure of what was asked before and after whom. Not thread-safe. */
public final class Arrivals {
    private long count;

    /** How many have arrived: to be noted with each question that is sent. */
    public long count() {
        return count;
    }

    long next() {
        return ++count;
    }
}
