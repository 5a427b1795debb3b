package io.twinspan.registry.ops.broker;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A further port of an {@link EmbeddedBroker}, for clients that come another way or have to say who they are.
 *
 * @param name of the listener, in capital letters
 * @param port that it takes on the loopback address
 * @param advertisedPort that clients which came in here are sent to, also on the loopback address: a relay's, for example
 * @param users names with their passwords, asked for by SASL/PLAIN; empty lets everybody in
 */
public record BrokerListener(String name, int port, int advertisedPort, Map<String, String> users) {
    /** Copies the users; refuses a name that a broker would not take. */
    public BrokerListener {
        users = Map.copyOf(users);
        if (!name.matches("[A-Z]+")) {
            throw new IllegalArgumentException("a listener is named in capital letters, not '" + name + "'");
        }
    }

    /** One that lets everybody in and sends them to another port. */
    public static BrokerListener behind(String name, int port, int advertisedPort) {
        return new BrokerListener(name, port, advertisedPort, Map.of());
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "BrokerListener[" + name + " " + port + " -> " + advertisedPort + ", users=" + users.keySet() + "]";
    }

    String bound() {
        return name + "://" + EmbeddedBroker.HOST + ":" + port;
    }

    String advertised() {
        return name + "://" + EmbeddedBroker.HOST + ":" + advertisedPort;
    }

    String protocol() {
        return name + ":" + (users.isEmpty() ? "PLAINTEXT" : "SASL_PLAINTEXT");
    }

    /** What a broker is told besides its addresses. */
    Map<String, String> config() {
        if (users.isEmpty()) {
            return Map.of();
        }
        String prefix = "listener.name." + name.toLowerCase(Locale.ROOT) + ".";
        String names = new TreeMap<>(users)
                .entrySet().stream()
                        .map(user -> "user_" + user.getKey() + "=\"" + user.getValue() + "\"")
                        .collect(Collectors.joining(" "));
        return Map.of(
                prefix + "sasl.enabled.mechanisms",
                "PLAIN",
                prefix + "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required " + names + ";");
    }
}
