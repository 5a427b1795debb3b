package io.twinspan.registry.ops.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The least that a resolver's server can be: one domain, whose answer changes when it is told to. */
final class ResolverFeeder implements AutoCloseable {
    static final String DOMAIN = "session.twinspan";
    /** A path under which the answer is a constant. */
    static final String BARE = "/bare";

    private static final int THREADS = 4;

    /** Less than an agent waits for an answer. */
    private static final int POLL_SECONDS = 9;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Deque<HttpExchange> waiting = new ArrayDeque<>();
    private int version = 1;

    ResolverFeeder() {
        // Without it each answer waits for the acknowledgement of its head, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new BenchException("the resolver's feeder could not be started", failed);
        }
        server.setExecutor(threads);
        server.createContext("/acvip/v1/poll", this::poll);
        server.createContext("/acvip/v1/servers", exchange -> send(exchange, "{\"epoch\":null,\"datacenters\":[]}"));
        String constant = answer();
        server.createContext(BARE, exchange -> send(exchange, constant));
        server.start();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Everybody who waits is told; returns the new version. */
    synchronized int change() throws IOException {
        version++;
        for (HttpExchange exchange = waiting.poll(); exchange != null; exchange = waiting.poll()) {
            send(exchange, answer());
        }
        return version;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        timers.shutdownNow();
    }

    private void poll(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (this) {
            if (body.contains("\"v" + version + "\"")) {
                waiting.add(exchange);
                timers.schedule(() -> end(exchange), POLL_SECONDS, TimeUnit.SECONDS);
            } else {
                send(exchange, answer());
            }
        }
    }

    /** The time of a poll is over: nothing has changed. */
    private synchronized void end(HttpExchange exchange) {
        if (waiting.remove(exchange)) {
            try {
                send(exchange, "{\"epoch\":null,\"changed\":[],\"gone\":[]}");
            } catch (IOException gone) {
                exchange.close();
            }
        }
    }

    private String answer() {
        StringBuilder endpoints = new StringBuilder();
        for (int i = 1; i <= 3; i++) {
            endpoints
                    .append(i == 1 ? "" : ",")
                    .append("{\"host\":\"10.0.0.")
                    .append(i)
                    .append("\",\"port\":")
                    .append(9_600 + version % 2)
                    .append(",\"datacenter\":\"east\",\"zone\":\"\",\"weight\":100,\"healthy\":true}");
        }
        return "{\"epoch\":null,\"changed\":[{\"domain\":\"" + DOMAIN + "\",\"epoch\":null,\"checksum\":\"v" + version
                + "\",\"ttlSeconds\":5,\"endpoints\":[" + endpoints + "]}],\"gone\":[]}";
    }

    private static void send(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
