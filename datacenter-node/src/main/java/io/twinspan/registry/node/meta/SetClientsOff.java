package io.twinspan.registry.node.meta;

import io.twinspan.registry.node.meta.proto.StoredClientsOff;
import io.twinspan.registry.node.meta.proto.StoredCommand;
import io.twinspan.registry.node.wire.ClientsOffForms;
import io.twinspan.registry.policy.ClientsOff;
import java.util.Map;

/**
 * Another list of clients that are off in place of the one that was seen. Its version is above the creation time of the group, for
 * the reason given in {@link SetPolicies}.
 *
 * @param expected version that was seen; 0 when there was none
 */
record SetClientsOff(long expected, Map<String, ClientsOff.Note> clients) implements MetaCommand {
    SetClientsOff {
        clients = Map.copyOf(clients);
    }

    @Override
    public String refusal(MetaState state) {
        if (!state.isCreated()) {
            return "the group has no incarnation yet";
        }
        long stored = state.clientsOff().version();
        return stored == expected
                ? ""
                : "the list of clients that are off has version " + stored + ", the change is of version " + expected
                        + "; look at it again, somebody has changed it meanwhile";
    }

    @Override
    public MetaState applyTo(MetaState state) {
        long version = Math.max(expected + 1, state.incarnation().createdMillis());
        return state.withClientsOff(new ClientsOff(version, clients));
    }

    @Override
    public StoredCommand stored() {
        return StoredCommand.newBuilder()
                .setSetClientsOff(StoredClientsOff.newBuilder()
                        .setExpected(expected)
                        .addAllClients(ClientsOffForms.form(clients)))
                .build();
    }

    static SetClientsOff of(StoredClientsOff stored) {
        return new SetClientsOff(stored.getExpected(), ClientsOffForms.read(stored.getClientsList()));
    }
}
