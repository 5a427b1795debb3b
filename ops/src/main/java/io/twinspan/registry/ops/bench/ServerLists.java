package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where clients get their lists of sessions. */
interface ServerLists {
    /** The list for a client of this application; empty when nobody answers, and the client keeps the one it has. Any thread. */
    Optional<List<Endpoint>> ask(String application);

    /**
     * The first of several HTTP ports that answers, as behind an address that follows who lives.
     *
     * @param doors of sessions or agents, in order
     */
    static ServerLists of(List<Endpoint> doors) {
        return new Doors(doors);
    }

    /** What is asked over HTTP as official clients do. */
    final class Doors implements ServerLists {
        private static final Duration PATIENCE = Duration.ofSeconds(3);
        private static final int OK = 200;

        private final List<Endpoint> doors;
        private final HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();

        private Doors(List<Endpoint> doors) {
            this.doors = List.copyOf(doors);
        }

        @Override
        public Optional<List<Endpoint>> ask(String application) {
            return doors.stream()
                    .map(door -> ask(door, application))
                    .flatMap(Optional::stream)
                    .findFirst();
        }

        private Optional<List<Endpoint>> ask(Endpoint door, String application) {
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://" + door
                                        + "/api/servers/query?dataCenter=DefaultDataCenter&zone=DEFAULT_ZONE&appName="
                                        + application))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                return answer.statusCode() == OK && !answer.body().isBlank()
                        ? Optional.of(Stream.of(answer.body().split(";"))
                                .map(Endpoint::parse)
                                .toList())
                        : Optional.empty();
            } catch (IOException away) {
                return Optional.empty();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }
}
