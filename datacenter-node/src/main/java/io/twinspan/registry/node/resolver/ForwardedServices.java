package io.twinspan.registry.node.resolver;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.domain.AnswerAges;
import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.acvip.domain.ServiceSource;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.subscription.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Services for a resolver on a node without a session: a session of the datacenter is polled for each that somebody asks for, so that
 * the answer is the same as there. What a session said last stays while none answers. Belongs to the resolver's event loop.
 */
public final class ForwardedServices implements ServiceSource, AutoCloseable {
    private static final int MOST_SERVICES = 500;
    private static final Duration POLL = Duration.ofSeconds(20);
    private static final Duration POLL_WITHIN = POLL.plusSeconds(5);
    private static final Duration FIRST_WITHIN = Duration.ofSeconds(3);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration LINGER = Duration.ofSeconds(90);
    private static final int OK = 200;

    /** No session's checksum, so that each says at once also that there is no such service, and not only that it does not know. */
    private static final String NEVER_HEARD = "none";

    private final EventLoop loop;
    private final DatacenterId own;
    private final Supplier<List<Endpoint>> sessions;
    private final HttpClient http;
    private final Map<DomainName, Polled> polled = new HashMap<>();
    private BiConsumer<DataInfoId, Scope> listener = (service, scope) -> {};
    private int asked;
    private boolean isClosed;

    /** @param sessions HTTP ports of the own datacenter's sessions; called on the loop */
    public ForwardedServices(EventLoop loop, DatacenterId own, Supplier<List<Endpoint>> sessions) {
        this.loop = loop;
        this.own = own;
        this.sessions = sessions;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public CompletionStage<Void> watch(DataInfoId service, Scope scope, Duration needed) {
        DomainName name = new DomainName(service.dataId(), service, scope);
        Polled known = polled.get(name);
        if (known == null) {
            if (polled.size() >= MOST_SERVICES) {
                return CompletableFuture.completedFuture(null);
            }
            known = new Polled(name);
            polled.put(name, known);
            known.ask();
            Polled first = known;
            loop.schedule(FIRST_WITHIN, () -> first.ready.complete(null));
        }
        known.use(needed);
        return known.ready;
    }

    @Override
    public @Nullable List<Candidate> current(DataInfoId service, Scope scope) {
        Polled known = polled.get(new DomainName(service.dataId(), service, scope));
        if (known == null) {
            return null;
        }
        known.use(Duration.ZERO);
        return known.shown;
    }

    /** Since a session last stood behind what it shows; how long ago it heard that itself, of a peer say, it does not tell. */
    @Override
    public CompletionStage<AnswerAges> ages(DataInfoId service, Scope scope) {
        Polled known = polled.get(new DomainName(service.dataId(), service, scope));
        return CompletableFuture.completedFuture(known == null ? AnswerAges.UNKNOWN : known.ages());
    }

    @Override
    public void onChange(BiConsumer<DataInfoId, Scope> newListener) {
        listener = newListener;
    }

    @Override
    public void close() {
        loop.execute(() -> isClosed = true);
    }

    /** One service at one session. */
    private final class Polled {
        private final DomainName name;
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private @Nullable List<Candidate> shown;
        private String checksum = NEVER_HEARD;
        private boolean isFirst = true;
        private long neededNanos;
        private long confirmedNanos;
        private boolean isSilent = true;

        Polled(DomainName name) {
            this.name = name;
            this.neededNanos = loop.nanos();
        }

        void use(Duration needed) {
            neededNanos += Math.max(0, loop.nanos() + needed.toNanos() - neededNanos);
        }

        AnswerAges ages() {
            Duration since = shown == null ? null : Duration.ofNanos(loop.nanos() - confirmedNanos);
            AnswerAges.Age age = new AnswerAges.Age(since, isSilent);
            return datacenter -> age;
        }

        void ask() {
            if (isClosed || loop.nanos() - neededNanos > LINGER.toNanos()) {
                polled.remove(name, this);
                ready.complete(null);
                return;
            }
            List<Endpoint> all = sessions.get();
            if (all.isEmpty()) {
                isSilent = true;
                loop.schedule(RETRY, this::ask);
                return;
            }
            Endpoint session = all.get(asked % all.size());
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("place", Map.of("datacenter", own.name()));
            body.put("timeoutSeconds", isFirst ? 0 : POLL.toSeconds());
            body.put("domains", Map.of(name.toString(), checksum));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + session + "/acvip/v1/poll"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            JsonMapper.shared().writeValueAsString(body)))
                    .build();
            WholeExchange.send(http, request, POLL_WITHIN)
                    .whenComplete((answer, failure) -> loop.execute(() -> {
                        isSilent = answer == null || answer.statusCode() != OK || !take(answer.body());
                        if (isSilent) {
                            asked++;
                            loop.schedule(RETRY, this::ask);
                        } else {
                            ask();
                        }
                    }));
        }

        /** False when the answer makes no sense. */
        private boolean take(String body) {
            try {
                JsonNode news = JsonMapper.shared().readTree(body);
                List<Candidate> before = shown;
                for (JsonNode each : news.path("changed")) {
                    shown = candidates(each.path("endpoints"));
                    checksum = each.path("checksum").asString("");
                }
                if (!news.path("gone").isEmpty()) {
                    shown = List.of();
                    checksum = "";
                }
                isFirst = false;
                confirmedNanos = loop.nanos();
                ready.complete(null);
                if (!Objects.equals(before, shown)) {
                    listener.accept(name.service(), name.scope());
                }
                return true;
            } catch (JacksonException | IllegalArgumentException nonsense) {
                return false;
            }
        }

        private static List<Candidate> candidates(JsonNode endpoints) {
            List<Candidate> all = new ArrayList<>();
            for (JsonNode each : endpoints) {
                all.add(Candidate.well(
                        new Endpoint(
                                each.path("host").asString(""),
                                each.path("port").asInt(0)),
                        new DatacenterId(each.path("datacenter").asString("")),
                        each.path("zone").asString(""),
                        each.path("weight").asInt(0)));
            }
            return List.copyOf(all);
        }
    }
}
