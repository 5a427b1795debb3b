package io.twinspan.registry.node.session.http;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.node.session.ClientConnection;
import io.twinspan.registry.node.session.ClientRegistration;
import io.twinspan.registry.node.session.ClientRequests;
import io.twinspan.registry.node.session.RegistrationAnswer;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.subscription.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A session whose pushes the test makes. */
final class PushingSession implements ClientRequests {
    private final DataInfoId service;
    final List<ClientConnection> open = new ArrayList<>();
    final List<CompletableFuture<Boolean>> taken = new ArrayList<>();
    private final List<ClientRegistration> subscribers = new ArrayList<>();

    PushingSession(DataInfoId service) {
        this.service = service;
    }

    void push(DatacenterId segment, long version, String... addresses) {
        Map<String, List<String>> byZone =
                addresses.length == 0 ? Map.of() : Map.of("DEFAULT_ZONE", List.of(addresses));
        for (ClientConnection each : List.copyOf(open)) {
            taken.add(each.push(new SegmentPush(
                            service,
                            List.of(subscribers.get(0).registId()),
                            segment,
                            Scope.GLOBAL,
                            version,
                            byZone,
                            "DEFAULT_ZONE"))
                    .toCompletableFuture());
        }
    }

    @Override
    public void onConnected(ClientConnection connection) {
        open.add(connection);
    }

    @Override
    public CompletionStage<RegistrationAnswer> onRegistration(
            ClientConnection connection, ClientRegistration registration) {
        subscribers.add(registration);
        return CompletableFuture.completedFuture(RegistrationAnswer.ACCEPTED);
    }

    @Override
    public void onDisconnected(ClientConnection connection, RemovalCause cause) {
        open.remove(connection);
    }
}
