package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;

/**
 * What a session wants to be told of.
 *
 * @param isGlobal also of the peers' datums of this service
 */
public record Interest(DataInfoId service, boolean isGlobal) {}
