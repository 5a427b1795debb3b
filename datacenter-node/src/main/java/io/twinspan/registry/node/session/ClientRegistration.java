package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.subscription.Scope;
import java.util.List;

/**
 * A request of a client to register or take back one publisher, subscriber or watcher.
 *
 * @param registId the client's own id, stable over reconnects
 * @param isRegister false to take it back
 * @param clientVersion the client's own number; echoed in the answer, or the client sends again for ever
 * @param zone the client's cell, already defaulted
 * @param appName may be empty
 * @param scope of a subscriber; {@code GLOBAL} for the others
 * @param addresses of a publisher; empty for the others
 */
public record ClientRegistration(
        Kind kind,
        DataInfoId service,
        String registId,
        boolean isRegister,
        long clientVersion,
        String zone,
        String appName,
        Scope scope,
        List<String> addresses) {
    /** What is registered. */
    public enum Kind {
        /** Offers addresses. */
        PUBLISHER,
        /** Wants the addresses of a service. */
        SUBSCRIBER,
        /** Wants a provided configuration value. */
        WATCHER
    }

    /** Copies the addresses. */
    public ClientRegistration {
        addresses = List.copyOf(addresses);
    }
}
