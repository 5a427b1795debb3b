package io.twinspan.registry.acvip.agent;

import io.twinspan.registry.acvip.client.ClientPlace;
import io.twinspan.registry.acvip.connect.ProxyPort;
import io.twinspan.registry.datacenter.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an agent is told on its command line.
 *
 * @param servers resolver servers to begin with
 * @param listen where HTTP is answered
 * @param dns where DNS is answered
 * @param connect where streams of official clients are taken
 * @param moveAfter how long sessions of a datacenter that drains have to send their clients away
 * @param folder where answers are kept
 */
record AgentOptions(
        List<Endpoint> servers,
        Endpoint listen,
        Optional<Endpoint> dns,
        Optional<Endpoint> connect,
        ProxyPort proxyPort,
        Duration moveAfter,
        ClientPlace place,
        String federation,
        Path folder) {
    static final List<String> USAGE = List.of(
            "Usage: twinspan agent --server HOST:PORT[,HOST:PORT…] [OPTIONS]",
            "Answers on this host what the resolver's servers answer, from memory; on when none of them is there.",
            "",
            "  --server HOST:PORT,…     HTTP ports of sessions (9603) or resolvers, the nearest first; others are learned",
            "  --listen HOST:PORT       where it answers HTTP; 127.0.0.1:9663",
            "  --dns HOST:PORT          where it answers DNS; not unless given",
            "  --connect HOST:PORT      where it takes the streams of official clients, 127.0.0.1:9600 say; not unless given",
            "  --proxy-port N|+N        the sessions' twinspan.session.proxy-port, or how far above their client port it is;",
            "                           keeps the clients' addresses",
            "  --move-after SECONDS     how long sessions of a datacenter that drains have to send their clients away",
            "                           themselves; 5",
            "  --dc NAME --zone NAME --app NAME   where this host stands; the datacenter of the first server unless given",
            "  --federation NAME        name of the federation; twinspan",
            "  --folder FOLDER          where answers are kept; twinspan-agent below the temporary folder",
            "  --help                   this text");

    private static final int MOST_MOVE_SECONDS = 3_600;

    /** Copies the list. */
    AgentOptions {
        servers = List.copyOf(servers);
    }

    /** What is said so far. */
    private static final class Words {
        private final List<Endpoint> servers = new ArrayList<>();
        private Endpoint listen = new Endpoint("127.0.0.1", 9663);
        private Optional<Endpoint> dns = Optional.empty();
        private Optional<Endpoint> connect = Optional.empty();
        private ProxyPort proxyPort = ProxyPort.NONE;
        private Duration moveAfter = Duration.ofSeconds(5);
        private String datacenter = "";
        private String zone = "";
        private String app = "";
        private String federation = "twinspan";
        private Path folder = Path.of(System.getProperty("java.io.tmpdir", "."), "twinspan-agent");

        private void take(String option, String value) {
            switch (option) {
                case "--server" ->
                    Stream.of(value.split(",")).map(Endpoint::parse).forEach(servers::add);
                case "--listen" -> listen = Endpoint.parse(value);
                case "--dns" -> dns = Optional.of(Endpoint.parse(value));
                case "--connect" -> connect = Optional.of(Endpoint.parse(value));
                case "--proxy-port" -> proxyPort = ProxyPort.parse(value);
                case "--move-after" -> moveAfter = seconds(value);
                case "--dc" -> datacenter = value;
                case "--zone" -> zone = value;
                case "--app" -> app = value;
                case "--federation" -> federation = value;
                case "--folder" -> folder = Path.of(value);
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
    }

    /**
     * Reads {@code --option value} and {@code --option=value}.
     *
     * @throws IllegalArgumentException naming what cannot be understood
     */
    static AgentOptions parse(List<String> arguments) {
        Words words = new Words();
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i);
            int equal = option.indexOf('=');
            if (equal > 0) {
                words.take(option.substring(0, equal), option.substring(equal + 1));
            } else if (i + 1 < arguments.size()) {
                words.take(option, arguments.get(++i));
            } else {
                throw new IllegalArgumentException(option + " needs a value, or does not exist");
            }
        }
        if (words.servers.isEmpty()) {
            throw new IllegalArgumentException("name at least one resolver server: --server HOST:HTTP_PORT");
        }
        return new AgentOptions(
                words.servers,
                words.listen,
                words.dns,
                words.connect,
                words.proxyPort,
                words.moveAfter,
                new ClientPlace(words.datacenter, words.zone, words.app),
                words.federation,
                words.folder);
    }

    /** The domain of the sessions. */
    String sessions() {
        return "session." + federation;
    }

    private static Duration seconds(String value) {
        if (!value.matches("[0-9]{1,4}") || Integer.parseInt(value) > MOST_MOVE_SECONDS) {
            throw new IllegalArgumentException("--move-after " + value + " is not 0 to " + MOST_MOVE_SECONDS + " s");
        }
        return Duration.ofSeconds(Integer.parseInt(value));
    }
}
