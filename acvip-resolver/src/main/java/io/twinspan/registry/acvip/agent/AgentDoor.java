package io.twinspan.registry.acvip.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinspan.registry.acvip.client.DomainText;
import io.twinspan.registry.acvip.client.PlainJson;
import io.twinspan.registry.acvip.client.Resolution;
import io.twinspan.registry.acvip.client.ResolvedDomain;
import io.twinspan.registry.acvip.client.ResolverClient;
import io.twinspan.registry.acvip.client.ResolverForms;
import io.twinspan.registry.acvip.connect.Forwarder;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.runtime.ThreadEventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** HTTP of the agent: the paths of a resolver server, and those that official clients know. */
final class AgentDoor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AgentDoor.class.getName());
    private static final int THREADS = 8;
    private static final int MOST_QUEUED = 1_000;
    private static final int BACKLOG = 256;
    private static final String DOMAINS = "/acvip/v1/domains/";

    private final ResolverClient client;
    private final Optional<Forwarder> forwarder;
    private final String sessions;
    private final ThreadPoolExecutor threads;
    private final ThreadEventLoop timers = new ThreadEventLoop(
            "agent-timers", fault -> LOG.log(System.Logger.Level.ERROR, "a fault, please report it", fault));
    private final AgentPolls polls;
    private final LongAdder requests = new LongAdder();
    private final HttpServer server;

    /**
     * Listens at once.
     *
     * @param sessions the domain of the federation's sessions
     * @throws UncheckedIOException naming the address when it cannot be listened on
     */
    AgentDoor(Endpoint listen, String sessions, ResolverClient client, Optional<Forwarder> forwarder) {
        this.client = client;
        this.forwarder = forwarder;
        this.sessions = sessions;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_QUEUED), task -> {
                    Thread thread = new Thread(task, "agent-http");
                    thread.setDaemon(true);
                    return thread;
                });
        this.polls = new AgentPolls(client, timers, threads);
        try {
            this.server = HttpServer.create(new InetSocketAddress(listen.host(), listen.port()), BACKLOG);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot listen on " + listen + ": " + failed.getMessage(), failed);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        timers.close();
    }

    // The edge of the thread: what goes wrong with one request is told to its caller, and to nobody else.
    private void handle(HttpExchange exchange) {
        requests.increment();
        AgentCall call = new AgentCall(exchange);
        try {
            try {
                answer(call);
            } catch (IllegalArgumentException wrong) {
                call.refused(400, String.valueOf(wrong.getMessage()));
            } catch (RuntimeException fault) {
                LOG.log(System.Logger.Level.ERROR, "a fault, please report it", fault);
                call.refused(500, call.path() + " failed: " + fault);
            }
        } catch (IOException gone) {
            call.drop();
        }
    }

    private void answer(AgentCall call) throws IOException {
        String path = call.path();
        if (path.equals("/acvip/v1/poll")) {
            if (isMethod(call, "POST")) {
                polls.take(call, AgentPoll.read(call.body()));
            }
            return;
        }
        if (!isMethod(call, "GET")) {
            return;
        }
        if (path.startsWith(DOMAINS) && path.length() > DOMAINS.length()) {
            domain(call, DomainText.of(path.substring(DOMAINS.length()), call.query()));
            return;
        }
        switch (path) {
            case "/acvip/v1/servers" -> call.json(200, ResolverForms.form(client.servers()));
            case "/api/servers/query" -> servers(call, "");
            case "/api/servers/queryWithWeight" -> servers(call, "?weight=1");
            case "/api/servers/query.json" -> serversAsJson(call);
            case "/api/servers/alive" -> call.text("OK");
            case "/health/check" -> health(call);
            case "/metrics" ->
                call.text(AgentMetrics.text(
                        client.counters(), forwarder.map(Forwarder::counters), requests.sum(), polls.waiting()));
            default -> call.refused(404, "there is no GET " + path + " here");
        }
    }

    private static boolean isMethod(AgentCall call, String method) throws IOException {
        if (call.method().equals(method)) {
            return true;
        }
        call.refused(405, call.path() + " takes " + method);
        return false;
    }

    private void domain(AgentCall call, String domain) throws IOException {
        resolve(call, domain, resolution -> {
            if (resolution instanceof Resolution.Known known) {
                call.json(200, ResolverForms.form(known.domain(), client.place()));
            } else if (resolution instanceof Resolution.Unknown unknown) {
                call.refused(503, domain + ": " + unknown.why());
            } else {
                call.refused(404, "there is no domain " + domain);
            }
        });
    }

    /** What official clients connect to: this agent while it forwards, the sessions otherwise; never nothing. */
    private void servers(AgentCall call, String suffix) throws IOException {
        resolve(call, sessions, resolution -> {
            List<Endpoint> list = resolution.found().map(this::told).orElse(List.of());
            if (list.isEmpty()) {
                // Not an empty list, which clients take for an error of their own.
                call.refused(503, "no session is known yet");
            } else {
                call.text(list.stream().map(each -> each + suffix).collect(Collectors.joining(";")));
            }
        });
    }

    /** How a call is answered once it is known what is known. */
    private interface Reply {
        void write(Resolution resolution) throws IOException;
    }

    /** From memory on this thread; what has to be waited for is written by another one, never by the client's loop. */
    private void resolve(AgentCall call, String domain, Reply reply) throws IOException {
        Resolution known = client.find(domain);
        if (!(known instanceof Resolution.Unknown)) {
            reply.write(known);
            return;
        }
        client.ask(domain)
                .thenAcceptAsync(
                        resolution -> {
                            try {
                                reply.write(resolution);
                            } catch (IOException gone) {
                                call.drop();
                            }
                        },
                        threads)
                .whenComplete((done, busy) -> {
                    if (busy != null) {
                        call.drop();
                    }
                });
    }

    private void serversAsJson(AgentCall call) throws IOException {
        List<Endpoint> list = client.find(sessions).found().map(this::told).orElse(List.of());
        call.text(PlainJson.write(list));
    }

    private List<Endpoint> told(ResolvedDomain found) {
        return forwarder.map(each -> List.of(each.address())).orElseGet(() -> ofOneDatacenter(found));
    }

    /** The server has seen to it already; a list that mixes datacenters would scatter clients over both. */
    private static List<Endpoint> ofOneDatacenter(ResolvedDomain found) {
        List<Endpoint> addresses = found.addresses();
        if (addresses.isEmpty()) {
            return addresses;
        }
        Map<Endpoint, String> places = new LinkedHashMap<>();
        found.answer().endpoints().forEach(each -> places.put(each.address(), each.datacenter()));
        String first = places.getOrDefault(addresses.get(0), "");
        return addresses.stream()
                .filter(each -> first.equals(places.getOrDefault(each, "")))
                .toList();
    }

    private void health(AgentCall call) throws IOException {
        boolean isFresh = client.counters().isFresh();
        boolean isAnswering = isFresh || client.find(sessions) instanceof Resolution.Known;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", isAnswering);
        body.put(
                "message",
                isFresh
                        ? "servers are followed"
                        : isAnswering ? "no server answers; old answers are given" : "no server has answered yet");
        call.json(isAnswering ? 200 : 503, body);
    }
}
