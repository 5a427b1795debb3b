package io.twinspan.registry.acvip.agent;

import io.twinspan.registry.acvip.client.ClientLimits;
import io.twinspan.registry.acvip.client.ClientSettings;
import io.twinspan.registry.acvip.client.ResolverClient;
import io.twinspan.registry.acvip.connect.ConnectSettings;
import io.twinspan.registry.acvip.connect.Forwarder;
import java.io.UncheckedIOException;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/** The agent, put together; and its entry point. */
public final class AgentProcess implements AutoCloseable {
    private static final int USAGE = 2;
    private static final int REFUSED = 5;
    private static final String NAMES_KEPT_SECONDS = "1";

    private final ResolverClient client;
    private final Optional<Forwarder> forwarder;
    private final Optional<AgentDns> dns;
    private final AgentDoor door;

    /**
     * Answers when this returns, from the disk if from nowhere else.
     *
     * @throws UncheckedIOException naming the folder or the address that cannot be used
     * @throws IllegalStateException naming the address where DNS cannot be answered
     */
    AgentProcess(AgentOptions options) {
        this.client = ResolverClient.open(new ClientSettings(
                options.servers(), options.place(), Optional.of(options.folder()), ClientLimits.standard()));
        Optional<Forwarder> forwarding = Optional.empty();
        Optional<AgentDns> naming = Optional.empty();
        try {
            // Followed from the beginning: official clients ask for nothing else, and it tells of every new epoch.
            client.listen(options.sessions(), found -> {});
            forwarding = options.connect()
                    .map(listen -> Forwarder.open(settings(options, listen), client, RandomGenerator.getDefault()));
            naming = options.dns().map(at -> new AgentDns(at, options.federation(), client));
            this.door = new AgentDoor(options.listen(), options.sessions(), client, forwarding);
        } catch (UncheckedIOException | IllegalStateException refused) {
            naming.ifPresent(AgentDns::close);
            forwarding.ifPresent(Forwarder::close);
            client.close();
            throw refused;
        }
        this.forwarder = forwarding;
        this.dns = naming;
    }

    /** Runs an agent until the process is ended; ends it with 2 for a wrong command line, 5 when it cannot start. */
    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            AgentOptions.USAGE.forEach(System.out::println);
            return;
        }
        AgentOptions options;
        try {
            options = AgentOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException wrong) {
            System.err.println("twinspan: " + wrong.getMessage() + " ('twinspan agent --help')");
            System.exit(USAGE);
            return;
        }
        prepare();
        AgentProcess agent;
        try {
            agent = new AgentProcess(options);
        } catch (UncheckedIOException | IllegalArgumentException | IllegalStateException refused) {
            System.err.println("twinspan: " + refused.getMessage());
            System.exit(REFUSED);
            return;
        }
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            agent.close();
            end.countDown();
        }));
        System.out.println("agent answers on " + options.listen()
                + options.dns().map(at -> ", DNS on " + at).orElse("")
                + options.connect().map(at -> ", takes clients on " + at).orElse("") + "; answers are kept in "
                + options.folder());
        end.await();
    }

    int port() {
        return door.port();
    }

    @Override
    public void close() {
        door.close();
        dns.ifPresent(AgentDns::close);
        forwarder.ifPresent(Forwarder::close);
        client.close();
    }

    private static ConnectSettings settings(AgentOptions options, io.twinspan.registry.datacenter.Endpoint listen) {
        ConnectSettings.Limits limits = ConnectSettings.Limits.standard().withMoveAfter(options.moveAfter());
        return new ConnectSettings(listen, options.sessions(), options.proxyPort(), limits);
    }

    /** Of the JDK's own HTTP server, its log and its memory of names, before any of them is loaded. */
    private static void prepare() {
        // Who looks a name up decides how often; the JDK's memory, 30 s and 10 s for what is not there, would be added
        // to that.
        Security.setProperty("networkaddress.cache.ttl", NAMES_KEPT_SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", NAMES_KEPT_SECONDS);
        // Without it each answer waits for the acknowledgement of its head, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("jdk.httpserver.maxConnections", "2000");
        // A request that is not sent within 10 s holds a thread no longer.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
    }
}
