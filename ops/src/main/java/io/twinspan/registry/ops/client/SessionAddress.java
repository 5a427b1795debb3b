package io.twinspan.registry.ops.client;

import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Asks a session's HTTP port for the list that official clients connect to. */
public final class SessionAddress {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int SHOWN_OF_ANSWER = 120;
    private static final int OK = 200;

    private final Endpoint http;

    /** The HTTP port of a session, 9603 unless configured otherwise. */
    public SessionAddress(Endpoint http) {
        this.http = http;
    }

    /**
     * The Bolt addresses the session names, in its order, at least one.
     *
     * @throws UnreachableException when nobody answers within 3 s, or the answer is no list
     */
    public List<Endpoint> query() {
        String path = "/api/servers/query";
        HttpResponse<String> answer;
        try {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
            answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://" + http + path))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException slow) {
            throw unreachable("nothing answered within " + PATIENCE.toSeconds() + " s");
        } catch (ConnectException refused) {
            throw unreachable("the connection was refused, or there is no such host");
        } catch (IOException | IllegalArgumentException broken) {
            throw unreachable(broken.getMessage() == null ? broken.toString() : broken.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted while waiting for the answer");
        }
        if (answer.statusCode() != OK) {
            throw unreachable(
                    "GET " + path + " was answered " + answer.statusCode() + ", so this is no session's HTTP port");
        }
        return parse(answer.body());
    }

    /** Reads {@code ip:port;ip:port}. */
    List<Endpoint> parse(String body) {
        try {
            List<Endpoint> found = Stream.of(body.trim().split(";"))
                    .filter(text -> !text.isBlank())
                    .map(Endpoint::parse)
                    .toList();
            if (found.isEmpty()) {
                throw unreachable("it names no session to connect to (yet); try again in a few seconds");
            }
            return found;
        } catch (IllegalArgumentException noList) {
            String shown = body.length() <= SHOWN_OF_ANSWER ? body : body.substring(0, SHOWN_OF_ANSWER) + "…";
            throw unreachable("its server list is not 'ip:port;ip:port' but '" + shown + "'");
        }
    }

    private UnreachableException unreachable(String why) {
        return new UnreachableException("no session at " + http + ": " + why
                + ". Is one running there ('twinspan demo status')? Name another with --server HOST:HTTP_PORT.");
    }
}
