package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumChange;

/** A change and the service it belongs to. */
public record RegistrationChange(DataInfoId service, DatumChange change) {}
