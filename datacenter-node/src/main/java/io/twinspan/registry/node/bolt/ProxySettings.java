package io.twinspan.registry.node.bolt;

import java.net.InetAddress;
import java.util.List;

/**
 * The port for clients whose stream somebody forwards: each connection begins with a header that says whose it is. Whoever forwards
 * for clients on its own machine may name its own address with any port, which is what agents do; other addresses may be named only
 * by senders that are trusted.
 *
 * @param port where such connections are taken; 0 takes none
 * @param senders who may name any address, load balancers say
 */
public record ProxySettings(int port, List<AddressRange> senders) {
    /** Nobody forwards. */
    public static final ProxySettings OFF = new ProxySettings(0, List.of());

    private static final int HIGHEST_PORT = 65_535;

    /** Copies the list; refuses a number that is no port. */
    public ProxySettings {
        senders = List.copyOf(senders);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "twinspan.session.proxy-port is " + port + "; take a port, or 0 for none");
        }
    }

    /** As an operator writes it. */
    public static ProxySettings of(int port, List<String> senders) {
        return new ProxySettings(port, senders.stream().map(AddressRange::parse).toList());
    }

    boolean isOn() {
        return port > 0;
    }

    /** Whether a sender may say that a connection is of this client. */
    boolean mayName(InetAddress sender, InetAddress client) {
        return sender.equals(client) || senders.stream().anyMatch(range -> range.contains(sender));
    }
}
