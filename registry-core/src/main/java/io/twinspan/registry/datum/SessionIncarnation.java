package io.twinspan.registry.datum;

import io.twinspan.registry.datacenter.NodeId;

/**
 * One life of one session process. A restarted session is another incarnation, so what it owned before can be told apart.
 *
 * @param start stamp of the process start
 */
public record SessionIncarnation(NodeId node, long start) {
    @Override
    public String toString() {
        return node + "@" + start;
    }
}
