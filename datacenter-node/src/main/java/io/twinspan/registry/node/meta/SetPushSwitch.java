package io.twinspan.registry.node.meta;

import io.twinspan.registry.node.meta.proto.StoredCommand;
import io.twinspan.registry.node.meta.proto.StoredPushSwitch;
import io.twinspan.registry.node.wire.PushSwitchForms;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import java.util.List;

/**
 * Another push switch in place of the one that somebody has seen. The new version is above the creation time of the group and above
 * everything that sessions have said they obey, so that a change made in a group on empty disks is newer than what they remember of
 * an earlier group, and no change never is.
 *
 * @param expected version that was seen; 0 when nobody had ever closed anything
 * @param least lowest version that the change may have
 */
record SetPushSwitch(long expected, long least, List<PushToken> tokens) implements MetaCommand {
    SetPushSwitch {
        tokens = List.copyOf(tokens);
    }

    @Override
    public String refusal(MetaState state) {
        if (!state.isCreated()) {
            return "the group has no incarnation yet";
        }
        long stored = state.push().version();
        return stored == expected
                ? ""
                : "the push switch has version " + stored + ", the change is of version " + expected
                        + "; look at it again, somebody has changed it meanwhile";
    }

    @Override
    public MetaState applyTo(MetaState state) {
        long version =
                Math.max(Math.max(expected + 1, least), state.incarnation().createdMillis());
        return state.withPush(new PushSwitch(version, tokens));
    }

    @Override
    public StoredCommand stored() {
        StoredPushSwitch.Builder stored =
                StoredPushSwitch.newBuilder().setExpected(expected).setLeast(least);
        tokens.forEach(token -> stored.addTokens(PushSwitchForms.form(token)));
        return StoredCommand.newBuilder().setSetPushSwitch(stored).build();
    }

    static SetPushSwitch of(StoredPushSwitch stored) {
        return new SetPushSwitch(
                stored.getExpected(),
                stored.getLeast(),
                stored.getTokensList().stream().map(PushSwitchForms::read).toList());
    }
}
