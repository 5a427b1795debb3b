package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;

/** Meta to a meta of a peer datacenter, for an operator: what do you hold of this provided value, and which clients have it. */
public record FetchConfigStatus(DataInfoId id) implements Request<ConfigStatus> {}
