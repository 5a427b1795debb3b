package io.twinspan.registry.node.meta;

import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.node.meta.proto.StoredCommand;
import io.twinspan.registry.node.meta.proto.StoredDecision;
import io.twinspan.registry.node.wire.FederationForms;
import org.jspecify.annotations.Nullable;

/**
 * This datacenter decides on duty. Refused when anything was decided or heard since, so that nothing is decided in ignorance of what
 * the group knows.
 *
 * @param expected epoch that the decision was made on; null when nothing had been decided
 */
record DecideDuty(@Nullable FederationEpoch expected, FederationState next) implements MetaCommand {
    @Override
    public String refusal(MetaState state) {
        if (!state.isCreated()) {
            return "the group has no incarnation yet";
        }
        FederationEpoch known = state.book().duty().epoch();
        boolean isSame = known == null ? expected == null : known.equals(expected);
        return isSame
                ? ""
                : "the federation is at epoch " + known + ", the decision was made on "
                        + (expected == null ? "none" : "epoch " + expected)
                        + "; look again, somebody has decided meanwhile";
    }

    @Override
    public MetaState applyTo(MetaState state) {
        return state.withBook(state.book().withDuty(next));
    }

    @Override
    public StoredCommand stored() {
        StoredDecision.Builder stored = StoredDecision.newBuilder().setNext(FederationForms.form(next));
        if (expected != null) {
            stored.setExpected(FederationForms.form(expected));
        }
        return StoredCommand.newBuilder().setDecideDuty(stored).build();
    }

    static DecideDuty of(StoredDecision stored) {
        return new DecideDuty(
                stored.hasExpected() ? FederationForms.read(stored.getExpected()) : null,
                FederationForms.read(stored.getNext()));
    }
}
