package io.twinspan.registry.acvip;

import io.twinspan.registry.federation.FederationEpoch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a domain is for a place.
 *
 * @param epoch under which it was chosen; null while nothing was decided about duty
 * @param checksum of everything that could be another thing; equal answers have equal ones, on every server
 */
public record DomainAnswer(
        String domain,
        @Nullable FederationEpoch epoch,
        Place place,
        String checksum,
        int ttlSeconds,
        List<Candidate> endpoints) {
    private static final int CHECKSUM_BYTES = 12;

    /** Copies the endpoints. */
    public DomainAnswer {
        endpoints = List.copyOf(endpoints);
    }

    /** An answer with its checksum. */
    public static DomainAnswer of(
            String domain, @Nullable FederationEpoch epoch, Place place, int ttlSeconds, List<Candidate> endpoints) {
        StringBuilder text = new StringBuilder(domain).append('|').append(epoch);
        for (Candidate each : endpoints) {
            text.append('|')
                    .append(each.address())
                    .append(',')
                    .append(each.datacenter())
                    .append(',')
                    .append(each.zone())
                    .append(',')
                    .append(each.weight())
                    .append(',')
                    .append(each.isHealthy());
        }
        return new DomainAnswer(domain, epoch, place, checksum(text.toString()), ttlSeconds, endpoints);
    }

    /** The same for somebody of whom more is known, which does not change it. */
    public DomainAnswer at(Place where) {
        return new DomainAnswer(domain, epoch, where, checksum, ttlSeconds, endpoints);
    }

    private static String checksum(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
