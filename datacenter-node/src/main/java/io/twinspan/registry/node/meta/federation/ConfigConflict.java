package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;

/**
 * One version had two contents.
 *
 * @param atMillis when it was found
 * @param peer who held the other content
 * @param version that both had
 * @param isOursKept true when the content of this datacenter won; it goes on under the next version
 */
public record ConfigConflict(long atMillis, DatacenterId peer, DataInfoId id, long version, boolean isOursKept) {}
