package io.twinspan.registry.acvip.agent;

import io.twinspan.registry.acvip.client.ClientPlace;
import io.twinspan.registry.acvip.client.ClientSettings;
import io.twinspan.registry.acvip.client.FixtureResolver;
import io.twinspan.registry.acvip.client.PlainJson;
import io.twinspan.registry.acvip.client.Resolution;
import io.twinspan.registry.acvip.client.ResolverClient;
import io.twinspan.registry.acvip.connect.ProxyPort;
import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What answers for domains: the embedded library, or the agent as it is asked over HTTP. */
interface ResolverSubject extends AutoCloseable {
    /**
     * What was said.
     *
     * @param state FRESH, OLD, ABSENT or UNKNOWN
     */
    record Said(String state, List<String> addresses, long ageSeconds, String epoch) {
        static Said nothing(String state) {
            return new Said(state, List.of(), 0, "");
        }
    }

    /** How one is started. */
    interface Kind {
        ResolverSubject start(Path folder, FixtureResolver... given);
    }

    Said ask(String domain);

    @Override
    void close();

    /** Both kinds. */
    static Stream<Kind> kinds() {
        return Stream.of(new Library.Start(), new Agent.Start());
    }

    /** The client library, embedded. */
    record Library(ResolverClient client) implements ResolverSubject {
        private record Start() implements Kind {
            @Override
            public ResolverSubject start(Path folder, FixtureResolver... given) {
                String[] servers =
                        Stream.of(given).map(each -> each.address().toString()).toArray(String[]::new);
                return new Library(
                        ResolverClient.open(ClientSettings.of(servers).keptIn(folder)));
            }

            @Override
            public String toString() {
                return "library";
            }
        }

        @Override
        public Said ask(String domain) {
            Resolution resolution = client.ask(domain).toCompletableFuture().join();
            if (resolution instanceof Resolution.Known known) {
                return new Said(
                        known.domain().isOld() ? "OLD" : "FRESH",
                        known.domain().addresses().stream()
                                .map(Endpoint::toString)
                                .toList(),
                        known.domain().age().toSeconds(),
                        known.domain().answer().epoch().map(Object::toString).orElse(""));
            }
            return Said.nothing(resolution instanceof Resolution.Absent ? "ABSENT" : "UNKNOWN");
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** The agent, by its HTTP door. */
    record Agent(AgentProcess agent) implements ResolverSubject {
        private static final HttpClient HTTP = HttpClient.newHttpClient();

        private record Start() implements Kind {
            @Override
            public ResolverSubject start(Path folder, FixtureResolver... given) {
                return new Agent(new AgentProcess(new AgentOptions(
                        Stream.of(given).map(FixtureResolver::address).toList(),
                        new Endpoint("127.0.0.1", freePort()),
                        Optional.empty(),
                        Optional.empty(),
                        ProxyPort.NONE,
                        Duration.ofSeconds(10),
                        ClientPlace.UNKNOWN,
                        "twinspan",
                        folder)));
            }

            @Override
            public String toString() {
                return "agent";
            }
        }

        @Override
        public Said ask(String domain) {
            HttpResponse<String> answer = get("/acvip/v1/domains/" + domain.replace("#", "%23"));
            if (answer.statusCode() != 200) {
                return Said.nothing(answer.statusCode() == 404 ? "ABSENT" : "UNKNOWN");
            }
            Map<?, ?> body = (Map<?, ?>) java.util.Objects.requireNonNull(PlainJson.read(answer.body()));
            List<String> addresses = ((List<?>) java.util.Objects.requireNonNull(body.get("endpoints")))
                    .stream()
                            .map(each -> (Map<?, ?>) each)
                            .map(each -> each.get("host") + ":" + each.get("port"))
                            .toList();
            String epoch =
                    body.get("epoch") instanceof Map<?, ?> map ? map.get("number") + "/" + map.get("issuer") : "";
            return new Said(
                    String.valueOf(body.get("marked")),
                    addresses,
                    (Long) java.util.Objects.requireNonNull(body.get("ageSeconds")),
                    epoch);
        }

        HttpResponse<String> get(String path) {
            return send(HttpRequest.newBuilder(uri(path)).GET().build());
        }

        HttpResponse<String> post(String path, String body) {
            return send(HttpRequest.newBuilder(uri(path))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
        }

        private URI uri(String path) {
            return URI.create("http://127.0.0.1:" + agent.port() + path);
        }

        private static HttpResponse<String> send(HttpRequest request) {
            try {
                return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        @Override
        public void close() {
            agent.close();
        }
    }

    /** One that nobody listens on. */
    static int freePort() {
        try (java.net.ServerSocket probe = new java.net.ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
