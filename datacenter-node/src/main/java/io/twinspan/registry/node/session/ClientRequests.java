package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.RemovalCause;
import java.util.concurrent.CompletionStage;

/** What a transport at the client's edge tells the session role. May be called on any thread; nothing here blocks. */
public interface ClientRequests {
    /**
     * False while nothing that a client brings could reach anybody: the transport closes its connection, and it goes to another
     * session. Once true it stays so.
     */
    default boolean isTakingClients() {
        return true;
    }

    /** A client has connected. */
    void onConnected(ClientConnection connection);

    /** A client registers or takes back something; the stage completes once the session's own table has it. */
    CompletionStage<RegistrationAnswer> onRegistration(ClientConnection connection, ClientRegistration registration);

    /** A client has read enough of what it was sent that pushes to it may go on. */
    default void onReading(ClientConnection connection) {}

    /** A connection is gone; everything it owned goes with it, or is held, depending on how it ended. */
    void onDisconnected(ClientConnection connection, RemovalCause cause);

    /** The client has closed its connection. */
    default void onDisconnected(ClientConnection connection) {
        onDisconnected(connection, RemovalCause.CLIENT_CLOSED);
    }
}
