package io.twinspan.registry.subscription;

import io.twinspan.registry.datum.DataInfoId;

/**
 * One interest of one client.
 *
 * @param registId the client's own id of it, as it sent it; not blank
 */
public record Subscriber(String registId, DataInfoId service, Scope scope) {
    /** Refuses a blank id. */
    public Subscriber {
        if (registId.isBlank()) {
            throw new IllegalArgumentException("registId of a subscriber of " + service + " is empty");
        }
    }
}
