package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.datacenter.DatacenterId;

/**
 * How this datacenter's configuration stands to a peer's.
 *
 * @param comparedMillis when a comparison last came to an end; 0 when never
 * @param queued values that have not been offered yet
 * @param trouble why the last call failed; empty when it did not
 */
public record PeerStanding(DatacenterId peer, Word word, long comparedMillis, int queued, String trouble) {
    /** In one word. */
    public enum Word {
        /** Not compared yet. */
        UNKNOWN,
        /** Both held the same at the last comparison. */
        EQUAL,
        /** The last comparison found a difference, which is being repaired. */
        DIFFERENT,
        /** The peer's metas do not answer. */
        UNREACHABLE
    }
}
