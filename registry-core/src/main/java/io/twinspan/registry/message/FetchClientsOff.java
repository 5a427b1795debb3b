package io.twinspan.registry.message;

import io.twinspan.registry.policy.ClientsOff;

/** Session to meta: the clients that are off. Asked only when a {@link LeaseGrant} names a newer version. */
public record FetchClientsOff() implements Request<ClientsOff> {}
