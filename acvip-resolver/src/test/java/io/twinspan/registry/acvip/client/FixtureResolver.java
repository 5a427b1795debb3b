package io.twinspan.registry.acvip.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.FederationEpoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A resolver server that answers what it is told to, over the real wire. It can be stopped, and started again on the same port. */
public final class FixtureResolver implements AutoCloseable {
    private final String datacenter;
    private final Map<String, ServedAnswer> answers = new LinkedHashMap<>();
    private List<DatacenterServers> listed = List.of();
    private Optional<FederationEpoch> epoch = Optional.empty();
    private int port;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    /** One of a datacenter that listens on any free port. */
    public FixtureResolver(String datacenter) {
        this.datacenter = datacenter;
        start();
    }

    /** Where it listens. */
    public Endpoint address() {
        return new Endpoint("127.0.0.1", port);
    }

    /** From now on this is what the domain is: sessions or whatever, in this datacenter. */
    public synchronized void set(String domain, String... addresses) {
        setIn(datacenter, domain, addresses);
    }

    /** The same of another datacenter. */
    public synchronized void setIn(String where, String domain, String... addresses) {
        List<AnsweredEndpoint> endpoints = Stream.of(addresses)
                .map(text -> new AnsweredEndpoint(Endpoint.parse(text), where, "", 100, true))
                .toList();
        answers.put(domain, new ServedAnswer(domain, epoch, Set.of(), "", Duration.ofSeconds(5), endpoints));
        notifyAll();
    }

    /** There is no such domain any more. */
    public synchronized void remove(String domain) {
        answers.remove(domain);
        notifyAll();
    }

    /** From now on it answers under this epoch, 7/west say. */
    public synchronized void follow(String text) {
        String[] parts = text.split("/");
        epoch = Optional.of(new FederationEpoch(Long.parseLong(parts[0]), new DatacenterId(parts[1])));
        notifyAll();
    }

    /** Names all of these as servers. */
    public synchronized void list(FixtureResolver... servers) {
        listed = Stream.of(servers)
                .map(each -> new DatacenterServers(each.datacenter, "ACTIVE", List.of(each.address())))
                .toList();
    }

    /** It is gone, as after a kill; those who wait lose their connection. */
    public void stop() {
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
            server = null;
        }
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    /** It is back, with what it was told. */
    public void start() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            port = made.getAddress().getPort();
            ExecutorService pool = Executors.newCachedThreadPool();
            made.setExecutor(pool);
            made.createContext("/acvip/v1/poll", this::poll);
            made.createContext("/acvip/v1/servers", this::servers);
            made.start();
            threads = pool;
            server = made;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void servers(HttpExchange exchange) throws IOException {
        Map<String, @Nullable Object> body;
        synchronized (this) {
            body = ResolverForms.form(new ServerList(epoch, listed));
        }
        send(exchange, 200, body);
    }

    private void poll(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<?, ?> body = ResolverForms.object(PlainJson.read(text), "poll");
        Map<?, ?> domains = ResolverForms.object(body.get("domains"), "domains");
        long seconds = (Long) java.util.Objects.requireNonNull(body.get("timeoutSeconds"));
        Map<String, @Nullable Object> answer;
        try {
            domains.keySet().forEach(domain -> DomainName.parse(String.valueOf(domain)));
        } catch (IllegalArgumentException wrong) {
            send(exchange, 400, Map.of("success", false, "message", String.valueOf(wrong.getMessage())));
            return;
        }
        try {
            answer = await(domains, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        } catch (InterruptedException stopped) {
            exchange.close();
            return;
        }
        send(exchange, 200, answer);
    }

    private synchronized Map<String, @Nullable Object> await(Map<?, ?> domains, long until)
            throws InterruptedException {
        while (true) {
            List<Map<String, @Nullable Object>> changed = new ArrayList<>();
            List<String> gone = new ArrayList<>();
            domains.forEach((domain, checksum) -> {
                ServedAnswer answer = answers.get(String.valueOf(domain));
                if (answer == null && !String.valueOf(checksum).isEmpty()) {
                    gone.add(String.valueOf(domain));
                } else if (answer != null && !checksum(answer).equals(checksum)) {
                    changed.add(ResolverForms.form(
                            new ServedAnswer(
                                    answer.domain(),
                                    epoch,
                                    answer.draining(),
                                    checksum(answer),
                                    answer.ttl(),
                                    answer.endpoints()),
                            ClientPlace.UNKNOWN));
                }
            });
            long left = until - System.nanoTime();
            if (!changed.isEmpty() || !gone.isEmpty() || left <= 0) {
                Map<String, @Nullable Object> body = new LinkedHashMap<>();
                body.put("epoch", ResolverForms.form(epoch));
                body.put("changed", changed);
                body.put("gone", gone);
                return body;
            }
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
    }

    private String checksum(ServedAnswer answer) {
        return Integer.toHexString((answer.endpoints() + "|" + epoch).hashCode());
    }

    private static void send(HttpExchange exchange, int status, Map<String, ? extends @Nullable Object> body)
            throws IOException {
        byte[] bytes = PlainJson.write(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
