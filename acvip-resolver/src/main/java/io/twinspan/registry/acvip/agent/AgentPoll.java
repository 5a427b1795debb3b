package io.twinspan.registry.acvip.agent;

import io.twinspan.registry.acvip.client.DomainText;
import io.twinspan.registry.acvip.client.PlainJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A long poll as a caller sends it.
 *
 * @param checksums by domain, of what the caller has; empty when it has nothing
 */
record AgentPoll(Duration timeout, Map<String, String> checksums) {
    static final int MOST_DOMAINS = 1_000;
    static final int MOST_SECONDS = 60;
    private static final long USUAL_SECONDS = 30;

    AgentPoll {
        checksums = Map.copyOf(checksums);
    }

    /**
     * Reads one; the place in it is not looked at, for the agent knows where it stands.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static AgentPoll read(String body) {
        if (!(PlainJson.read(body) instanceof Map<?, ?> members)
                || !(members.get("domains") instanceof Map<?, ?> domains)) {
            throw new IllegalArgumentException("domains must be a JSON object of domain and checksum");
        }
        if (domains.isEmpty() || domains.size() > MOST_DOMAINS) {
            throw new IllegalArgumentException("domains has " + domains.size() + "; ask for 1 to " + MOST_DOMAINS);
        }
        Object seconds = members.get("timeoutSeconds");
        long timeout = seconds == null ? USUAL_SECONDS : seconds instanceof Long number ? number : -1;
        if (timeout < 0 || timeout > MOST_SECONDS) {
            throw new IllegalArgumentException("timeoutSeconds is " + seconds + "; take 0 to " + MOST_SECONDS);
        }
        Map<String, String> checksums = new LinkedHashMap<>();
        domains.forEach((domain, checksum) -> {
            if (!(checksum instanceof String text)) {
                throw new IllegalArgumentException("the checksum of " + domain + " is no text");
            }
            // One that servers refuse would be in every poll from then on, and each would be refused.
            DomainText.of(String.valueOf(domain));
            checksums.put(String.valueOf(domain), text);
        });
        return new AgentPoll(Duration.ofSeconds(timeout), checksums);
    }
}
