package io.twinspan.registry.node.data;

import java.time.Duration;

/**
 * How peers' datums are kept and shown, and how much is answered at once.
 *
 * @param staleAfter what no word of the peer has confirmed for this long is shown as stale
 * @param bound what no word of the peer has confirmed for this long is not served any more
 * @param answerBytes most content in one answer; what finds no room is to be asked for again, by a peer alone. A session always gets the
 *     first that it asked for, whatever its size
 * @param aloneBytes most content of a datum that a peer asks for alone; below the frame limit of the transport
 */
public record ForeignSettings(Duration staleAfter, Duration bound, int answerBytes, int aloneBytes) {
    /** Refuses times without length, and bounds that nothing fits. */
    public ForeignSettings {
        if (staleAfter.isNegative() || staleAfter.isZero() || bound.compareTo(staleAfter) < 0) {
            throw new IllegalArgumentException("twinspan.data.foreign.stale-after is " + staleAfter + " and bound "
                    + bound + ", not 0 < stale-after <= bound");
        }
        if (answerBytes < 1 || aloneBytes < answerBytes) {
            throw new IllegalArgumentException("twinspan.data.foreign.answer-bytes is " + answerBytes
                    + " and alone-bytes " + aloneBytes + ", not 1 <= answer-bytes <= alone-bytes");
        }
    }

    /** Stale after 60 s, served for 24 h; 8 MiB in an answer, 48 MiB alone. */
    public static ForeignSettings standard() {
        return new ForeignSettings(Duration.ofSeconds(60), Duration.ofHours(24), 8 << 20, 48 << 20);
    }

    /** The same with another bound of what is served. */
    public ForeignSettings withBound(Duration other) {
        return new ForeignSettings(staleAfter, other, answerBytes, aloneBytes);
    }
}
