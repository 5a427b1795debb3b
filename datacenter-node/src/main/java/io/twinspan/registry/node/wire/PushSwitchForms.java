package io.twinspan.registry.node.wire;

import io.twinspan.registry.node.wire.proto.PushSwitchAnswer;
import io.twinspan.registry.node.wire.proto.PushTokenData;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushScope;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import java.util.Set;

/** The push switch as protobuf messages and back; refuses as {@link DatumForms} does. */
public final class PushSwitchForms {
    private PushSwitchForms() {}

    /** A switch. */
    public static PushSwitchAnswer form(PushSwitch value) {
        PushSwitchAnswer.Builder form = PushSwitchAnswer.newBuilder().setVersion(value.version());
        value.tokens().forEach(token -> form.addTokens(form(token)));
        return form.build();
    }

    /** A switch. */
    public static PushSwitch read(PushSwitchAnswer form) {
        return new PushSwitch(
                form.getVersion(),
                form.getTokensList().stream().map(PushSwitchForms::read).toList());
    }

    /** A token. */
    public static PushTokenData form(PushToken token) {
        return PushTokenData.newBuilder()
                .setOwner(token.owner())
                .setReason(token.reason())
                .setPosition(token.position().word())
                .setGroup(token.scope().group())
                .setService(token.scope().service())
                .addAllClients(token.scope().clients())
                .addAllGrey(token.scope().grey())
                .setSinceMillis(token.sinceMillis())
                .setExpiresMillis(token.expiresMillis())
                .build();
    }

    /** A token. */
    public static PushToken read(PushTokenData form) {
        return new PushToken(
                form.getOwner(),
                form.getReason(),
                PushPosition.ofWord(form.getPosition()),
                new PushScope(
                        form.getGroup(),
                        form.getService(),
                        Set.copyOf(form.getClientsList()),
                        Set.copyOf(form.getGreyList())),
                form.getSinceMillis(),
                form.getExpiresMillis());
    }
}
