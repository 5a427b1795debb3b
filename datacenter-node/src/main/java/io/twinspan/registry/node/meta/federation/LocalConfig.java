package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Port: the provided configuration of the own datacenter. */
public interface LocalConfig {
    /** What is held now, removed values included; the same object as long as nothing has changed. */
    Map<DataInfoId, ProvidedValue> values();

    /**
     * Stores values of another datacenter where they are higher than what is stored.
     *
     * @param from whose they are
     * @param by why, for operators
     * @return done when the group has them; fails when this meta does not lead. Values beyond the limits of this datacenter are left
     *     out.
     */
    CompletionStage<Void> adopt(List<ProvidedValue> values, DatacenterId from, String by);
}
