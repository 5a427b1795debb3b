package io.twinspan.registry.datacenter;

/**
 * Where something listens, as others reach it.
 *
 * @param host name or ip, without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) implements Comparable<Endpoint> {
    /** Refuses an empty host and a port outside 1 to 65535. */
    public Endpoint {
        if (host.isBlank()) {
            throw new IllegalArgumentException("an address needs a host before its port");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " of host '" + host + "' is not between 1 and 65535");
        }
    }

    /**
     * Reads {@code host:port}.
     *
     * @throws IllegalArgumentException naming the text when it has no port or a port that is not a number
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("address '" + text + "' is not HOST:PORT");
        }
        try {
            return new Endpoint(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "address '" + text + "' is not HOST:PORT, its port is no number", notANumber);
        }
    }

    @Override
    public int compareTo(Endpoint other) {
        int byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : Integer.compare(port, other.port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
