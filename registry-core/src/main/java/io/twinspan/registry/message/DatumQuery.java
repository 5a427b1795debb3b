package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;

/**
 * One datum that is asked for.
 *
 * @param datacenter whose publishers
 * @param known the version the asker holds; its content is not sent again
 */
public record DatumQuery(DatacenterId datacenter, DataInfoId id, DatumVersion known) {}
