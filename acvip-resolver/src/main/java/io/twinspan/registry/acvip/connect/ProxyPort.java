package io.twinspan.registry.acvip.connect;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.Optional;

/**
 * Where a session takes a header that names the client.
 *
 * @param number the same at all sessions; 0 when it is counted from the client port, or not used
 * @param above the client port; 0 when it is a number, or not used
 */
public record ProxyPort(int number, int above) {
    /** Clients are forwarded to the ordinary port, under the agent's own address. */
    public static final ProxyPort NONE = new ProxyPort(0, 0);

    private static final int HIGHEST = 65_535;

    /** Refuses numbers that are no ports. */
    public ProxyPort {
        if (number < 0 || number > HIGHEST || above < 0 || above > HIGHEST || (number > 0 && above > 0)) {
            throw new IllegalArgumentException("a proxy port is 1 to 65535, or +N above the client port");
        }
    }

    /** Reads {@code N} or {@code +N}. */
    public static ProxyPort parse(String text) {
        if (!text.matches("\\+?[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("proxy port '" + text + "' is neither N nor +N");
        }
        return text.startsWith("+")
                ? new ProxyPort(0, Integer.parseInt(text.substring(1)))
                : new ProxyPort(Integer.parseInt(text), 0);
    }

    /** The proxy port of a session whose client port is this; empty when there is none. */
    public Optional<Endpoint> of(Endpoint client) {
        int port = number > 0 ? number : client.port() + above;
        return this.equals(NONE) || port > HIGHEST ? Optional.empty() : Optional.of(new Endpoint(client.host(), port));
    }
}
