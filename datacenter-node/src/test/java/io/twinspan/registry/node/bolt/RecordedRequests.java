package io.twinspan.registry.node.bolt;

import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.node.session.ClientConnection;
import io.twinspan.registry.node.session.ClientRegistration;
import io.twinspan.registry.node.session.ClientRequests;
import io.twinspan.registry.node.session.RegistrationAnswer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A session role that only remembers. */
final class RecordedRequests implements ClientRequests {
    record Seen(ClientConnection by, ClientRegistration registration) {}

    final List<ClientConnection> connected = new CopyOnWriteArrayList<>();
    final List<Seen> registrations = new CopyOnWriteArrayList<>();
    final List<ClientConnection> gone = new CopyOnWriteArrayList<>();
    final List<RemovalCause> causes = new CopyOnWriteArrayList<>();
    volatile CompletionStage<RegistrationAnswer> answer =
            CompletableFuture.completedFuture(RegistrationAnswer.ACCEPTED);
    volatile boolean isTaking = true;

    @Override
    public boolean isTakingClients() {
        return isTaking;
    }

    @Override
    public void onConnected(ClientConnection connection) {
        connected.add(connection);
    }

    @Override
    public CompletionStage<RegistrationAnswer> onRegistration(
            ClientConnection connection, ClientRegistration registration) {
        registrations.add(new Seen(connection, registration));
        return answer;
    }

    @Override
    public void onDisconnected(ClientConnection connection, RemovalCause cause) {
        gone.add(connection);
        causes.add(cause);
    }

    Seen last() {
        return registrations.get(registrations.size() - 1);
    }
}
