package io.twinspan.registry.acvip;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationEpoch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a domain is for a place.
 *
 * @param epoch under which it was chosen; null while nothing was decided about duty
 * @param draining datacenters whose clients are being moved away; whoever stays with another one that is not named stays there
 * @param checksum of everything that could be another thing; equal answers have equal ones, on every server
 */
public record DomainAnswer(
        String domain,
        @Nullable FederationEpoch epoch,
        Set<DatacenterId> draining,
        Place place,
        String checksum,
        int ttlSeconds,
        List<Candidate> endpoints) {
    private static final int CHECKSUM_BYTES = 12;

    /** Copies the collections. */
    public DomainAnswer {
        draining = Set.copyOf(draining);
        endpoints = List.copyOf(endpoints);
    }

    /** An answer with its checksum. */
    public static DomainAnswer of(
            String domain, Duties duties, Place place, int ttlSeconds, List<Candidate> endpoints) {
        FederationEpoch epoch = duties.epoch();
        StringBuilder text = new StringBuilder(domain).append('|').append(epoch);
        duties.draining().stream()
                .sorted()
                .forEach(each -> text.append("|draining ").append(each));
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
        return new DomainAnswer(
                domain, epoch, duties.draining(), place, checksum(text.toString()), ttlSeconds, endpoints);
    }

    /** The same for somebody of whom more is known, which does not change it. */
    public DomainAnswer at(Place where) {
        return new DomainAnswer(domain, epoch, draining, where, checksum, ttlSeconds, endpoints);
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
