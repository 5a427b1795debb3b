package io.twinspan.registry.node.meta;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.meta.proto.StoredAdoption;
import io.twinspan.registry.node.meta.proto.StoredCommand;
import java.util.List;

/**
 * Values that another datacenter has under higher versions, removals of what was never known here included: both sides must hold
 * the same. What is not higher than what is stored changes nothing and is no refusal, because it may come more than once.
 */
record AdoptProvided(List<Adopted> values) implements MetaCommand {
    /** One value. */
    record Adopted(DataInfoId id, ProvidedEdit edit) {}

    AdoptProvided {
        values = List.copyOf(values);
    }

    @Override
    public String refusal(MetaState state) {
        return state.isCreated() ? "" : "the group has no incarnation yet";
    }

    @Override
    public MetaState applyTo(MetaState state) {
        MetaState next = state;
        for (Adopted each : values) {
            ProvidedValue stored = next.ledger().find(each.id());
            if (stored == null || stored.version() < each.edit().version()) {
                next = next.withProvided(each.id(), each.edit());
            }
        }
        return next;
    }

    @Override
    public StoredCommand stored() {
        StoredAdoption.Builder stored = StoredAdoption.newBuilder();
        values.forEach(each -> stored.addValues(ProvidedForms.stored(each.id(), each.edit())));
        return StoredCommand.newBuilder().setAdoptProvided(stored).build();
    }
}
