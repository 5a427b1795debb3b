package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.Endpoint;
import java.time.Duration;
import java.util.List;

/**
 * An answer as it stands now.
 *
 * @param isOld true while no server can be asked, so that it may have changed meanwhile
 * @param age since a server last stood behind it
 */
public record ResolvedDomain(ServedAnswer answer, boolean isOld, Duration age) {
    /** Refuses an age below zero. */
    public ResolvedDomain {
        if (age.isNegative()) {
            throw new IllegalArgumentException("an answer is not " + age + " old");
        }
    }

    /** The addresses in the server's order, the healthy ones only, or all when none is healthy. */
    public List<Endpoint> addresses() {
        List<Endpoint> healthy = answer.endpoints().stream()
                .filter(AnsweredEndpoint::isHealthy)
                .map(AnsweredEndpoint::address)
                .toList();
        return healthy.isEmpty()
                ? answer.endpoints().stream().map(AnsweredEndpoint::address).toList()
                : healthy;
    }
}
