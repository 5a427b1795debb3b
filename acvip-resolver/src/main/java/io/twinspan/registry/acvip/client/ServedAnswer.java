package io.twinspan.registry.acvip.client;

import io.twinspan.registry.federation.FederationEpoch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a server answered for a domain.
 *
 * @param epoch under which it holds; empty while the federation has decided nothing
 * @param draining datacenters whose clients are being moved away, so that a connection there may be ended for one of the endpoints;
 *     empty when the server did not say
 * @param checksum of the content, as the server counts it
 * @param ttl how long others may keep it without asking again
 */
public record ServedAnswer(
        String domain,
        Optional<FederationEpoch> epoch,
        Set<String> draining,
        String checksum,
        Duration ttl,
        List<AnsweredEndpoint> endpoints) {
    static final int MOST_ENDPOINTS = 10_000;
    static final int MOST_NAME_CHARS = 600;
    private static final int MOST_CHECKSUM_CHARS = 128;

    /** Copies the collections; refuses what no server would send. */
    public ServedAnswer {
        draining = Set.copyOf(draining);
        endpoints = List.copyOf(endpoints);
        if (domain.isBlank() || domain.length() > MOST_NAME_CHARS) {
            throw new IllegalArgumentException("a domain has a name of 1 to " + MOST_NAME_CHARS + " characters");
        }
        if (checksum.length() > MOST_CHECKSUM_CHARS || endpoints.size() > MOST_ENDPOINTS) {
            throw new IllegalArgumentException("the answer for " + domain + " is beyond all bounds");
        }
    }

    /** The same, confirmed under another epoch. */
    ServedAnswer under(Optional<FederationEpoch> confirmed) {
        return epoch.equals(confirmed) ? this : new ServedAnswer(domain, confirmed, draining, checksum, ttl, endpoints);
    }
}
