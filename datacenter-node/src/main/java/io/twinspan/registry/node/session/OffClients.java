package io.twinspan.registry.node.session;

import io.twinspan.registry.node.session.push.Pusher;
import io.twinspan.registry.policy.ClientsOff;

/**
 * Takes connections out of the registry, and back in, without closing them: those that an operator names, and those that come from an
 * address in the datacenter's list. Who is out for both reasons stays out until neither holds. Belongs to the session's event loop.
 */
final class OffClients {
    private final ClientSessions sessions;
    private final PublisherDesk publishers;
    private final Pusher pusher;
    private ClientsOff list = ClientsOff.NONE;

    OffClients(ClientSessions sessions, PublisherDesk publishers, Pusher pusher) {
        this.sessions = sessions;
        this.publishers = publishers;
        this.pusher = pusher;
    }

    /** The list is another one. */
    void on(ClientsOff newer) {
        list = newer;
        sessions.all().forEach(this::onAddress);
    }

    /** It has just connected, and may be pushed to. */
    void onConnected(ClientSession client) {
        onAddress(client);
    }

    /** An operator has named this very connection. */
    void set(ClientSession client, boolean isOff) {
        boolean wasOff = client.isOff();
        client.setOff(isOff);
        follow(client, wasOff);
    }

    /** True when the list holds the address that this {@code ip:port} is of. */
    boolean isListed(String remoteAddress) {
        return list.isOff(remoteAddress);
    }

    private void onAddress(ClientSession client) {
        boolean wasOff = client.isOff();
        client.setOffByAddress(isListed(client.connection().remoteAddress()));
        follow(client, wasOff);
    }

    private void follow(ClientSession client, boolean wasOff) {
        if (client.isOff() != wasOff) {
            publishers.setOff(client, client.isOff());
            pusher.pause(client.connection().number(), client.isOff());
        }
    }
}
