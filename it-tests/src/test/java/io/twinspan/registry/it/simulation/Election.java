package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;
import java.util.SortedMap;

/**
 * One member of a meta group has begun to lead.
 *
 * @param log of the elected one
 * @param acknowledged what the group has promised so far, by its place in the log
 */
record Election(
        RaftGroup group,
        Endpoint leader,
        long term,
        List<MetaDisk.Entry> log,
        SortedMap<Integer, Promise> acknowledged) {
    /** What was acknowledged, and in which term. */
    record Promise(MetaDisk.Entry entry, long term) {}
}
