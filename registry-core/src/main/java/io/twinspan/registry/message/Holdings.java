package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.List;

/**
 * A data node's answer to {@link FetchHoldings}.
 *
 * @param publishers of the own datacenter in slots led here
 * @param services with publishers in those slots
 * @param isSettled false while a slot led here does not know yet what is true
 * @param peers what is known and held of each peer
 */
public record Holdings(int publishers, int services, boolean isSettled, List<OfPeer> peers) {
    /** Copies the peers. */
    public Holdings {
        peers = List.copyOf(peers);
    }

    /**
     * Of one peer.
     *
     * @param word how the sync with it stands, for example SYNCED
     * @param known services that it has announced with publishers, as this node knows it
     * @param held of those, in slots led here, the ones whose addresses are here
     * @param stale of those held, the ones that no word of the peer has confirmed for long
     * @param lagSeconds how long ago the peer said what is known here in full; negative before the first time
     * @param outdated registrations of a peer that is to have no clients which subscribers here would be shown, although they are over
     * @param byVersionOnly services of the peer in slots led here whose newest addresses are not here, no more than
     *     {@link #MOST_NAMES}
     */
    public record OfPeer(
            DatacenterId peer,
            String word,
            int known,
            int held,
            int stale,
            double lagSeconds,
            int outdated,
            List<String> byVersionOnly) {
        /** Most names that are told. */
        public static final int MOST_NAMES = 50;

        /** Copies the names, as many as are told. */
        public OfPeer {
            byVersionOnly = byVersionOnly.stream().limit(MOST_NAMES).toList();
        }

        /** Of a peer of which no service is lacking, or none is named, and nothing is outdated. */
        public OfPeer(DatacenterId peer, String word, int known, int held, int stale, double lagSeconds) {
            this(peer, word, known, held, stale, lagSeconds, 0, List.of());
        }
    }
}
