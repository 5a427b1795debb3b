package io.twinspan.registry.acvip;

import io.twinspan.registry.datum.DataInfoId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A domain that operators define, for any product: what may be answered, how it is checked, and when checks are not believed.
 *
 * @param domain lower-case labels with dots between
 * @param endpoints what may be answered; empty when a service says it
 * @param service whose providers are answered in place of endpoints; null when endpoints are listed
 * @param protectPercent when fewer than this share of the endpoints of a place are healthy, all of them are answered
 */
public record Vip(
        String domain,
        List<VipEndpoint> endpoints,
        @Nullable DataInfoId service,
        HealthCheck check,
        int protectPercent) {
    /** Most endpoints of one Vip. */
    public static final int MOST_ENDPOINTS = 500;

    private static final int LONGEST_DOMAIN = 253;
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,62})(\\.[a-z0-9_]([a-z0-9_-]{0,62}))*");

    /** Refuses domains that are no names or belong to the federation, too many endpoints, and two that are the same. */
    public Vip {
        endpoints = List.copyOf(endpoints);
        if (domain.length() > LONGEST_DOMAIN || !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("domain '" + domain
                    + "' is not usable: take lower-case letters, digits, '-' and '_', with dots between, 253 at most");
        }
        if (domain.startsWith("session.") || domain.startsWith("console.")) {
            throw new IllegalArgumentException("domain '" + domain
                    + "' is not usable: names that begin with session. or console. are the federation's");
        }
        if (endpoints.size() > MOST_ENDPOINTS) {
            throw new IllegalArgumentException(
                    domain + " has " + endpoints.size() + " endpoints, " + MOST_ENDPOINTS + " are allowed");
        }
        if (endpoints.isEmpty() == (service == null)) {
            throw new IllegalArgumentException(domain + " needs either endpoints or a service");
        }
        if (service != null && check.kind() != HealthCheck.Kind.NONE) {
            throw new IllegalArgumentException(
                    domain + " stands for a service, whose providers are not checked: leave the check out");
        }
        if (protectPercent < 0 || protectPercent > 100) {
            throw new IllegalArgumentException(
                    "protect of " + domain + " is " + protectPercent + ", which is no share in percent");
        }
        Set<Object> seen = new HashSet<>();
        for (VipEndpoint endpoint : endpoints) {
            if (!seen.add(endpoint.address())) {
                throw new IllegalArgumentException(domain + " lists " + endpoint.address() + " twice");
            }
        }
    }

    /** The first endpoint whose check would go where none may go, with the reason; empty when there is none. */
    public String checkRefusal() {
        if (check.kind() == HealthCheck.Kind.NONE) {
            return "";
        }
        for (VipEndpoint endpoint : endpoints) {
            String refusal = AddressRule.refusal(endpoint.address().host());
            if (!refusal.isEmpty()) {
                return "the health check of " + domain + " would go to " + endpoint.address() + ", and " + refusal
                        + "; checks go there only with twinspan.resolver.check-local: true";
            }
        }
        return "";
    }
}
