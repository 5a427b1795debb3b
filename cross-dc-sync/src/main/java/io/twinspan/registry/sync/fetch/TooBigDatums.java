package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Datums of one peer that fit no answer, each told once; no more than a bound of them. */
final class TooBigDatums {
    private static final Logger LOG = LoggerFactory.getLogger(TooBigDatums.class);
    private static final int MOST = 1_000;

    private final DatacenterId peer;
    private final Set<DataInfoId> ids = new LinkedHashSet<>();

    TooBigDatums(DatacenterId peer) {
        this.peer = peer;
    }

    void add(DataInfoId id) {
        if (ids.size() < MOST && ids.add(id)) {
            LOG.error("datum fits no answer, cannot be fetched: peer={} dataInfoId={}", peer, id);
        }
    }

    void remove(DataInfoId id) {
        ids.remove(id);
    }

    /** The first ones. */
    List<DataInfoId> named(int most) {
        return ids.stream().limit(most).toList();
    }
}
