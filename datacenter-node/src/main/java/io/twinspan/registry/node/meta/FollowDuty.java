package io.twinspan.registry.node.meta;

import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.node.meta.proto.StoredCommand;
import io.twinspan.registry.node.wire.FederationForms;

/** A peer has said what it knows of duty. Taken in any order and any number of times, with the same result. */
record FollowDuty(FederationState offered) implements MetaCommand {
    @Override
    public String refusal(MetaState state) {
        return state.isCreated() ? state.book().duty().refusal(offered) : "the group has no incarnation yet";
    }

    @Override
    public MetaState applyTo(MetaState state) {
        return state.withBook(state.book().withDuty(state.book().duty().merge(offered)));
    }

    @Override
    public StoredCommand stored() {
        return StoredCommand.newBuilder()
                .setFollowDuty(FederationForms.form(offered))
                .build();
    }
}
