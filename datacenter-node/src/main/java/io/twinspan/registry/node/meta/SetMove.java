package io.twinspan.registry.node.meta;

import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.node.meta.proto.StoredCommand;
import io.twinspan.registry.node.wire.MoveForms;

/** A move between datacenters is ordered, or has come to another stage. Only what comes after what holds is taken. */
record SetMove(MoveOrder order) implements MetaCommand {
    @Override
    public String refusal(MetaState state) {
        if (!state.isCreated()) {
            return "the group has no incarnation yet";
        }
        MoveOrder holds = state.move();
        return holds == null || order.isAfter(holds)
                ? ""
                : "run " + holds.run() + " under epoch " + holds.epoch() + " has come to "
                        + holds.stage().word() + " meanwhile; look at it again";
    }

    @Override
    public MetaState applyTo(MetaState state) {
        return state.withMove(order);
    }

    @Override
    public StoredCommand stored() {
        return StoredCommand.newBuilder().setSetMove(MoveForms.form(order)).build();
    }
}
