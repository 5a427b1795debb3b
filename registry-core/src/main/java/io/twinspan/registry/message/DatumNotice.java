package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;

/** One datum that has changed, or that has been confirmed under the version it had. */
public record DatumNotice(DatacenterId datacenter, DataInfoId id, DatumVersion version) {}
