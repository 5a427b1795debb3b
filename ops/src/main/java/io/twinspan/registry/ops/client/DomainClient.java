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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a resolver: the HTTP port of a session, or of a resolver on its own. */
public final class DomainClient {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Endpoint http;

    /** The port, 9603 unless configured otherwise. */
    public DomainClient(Endpoint http) {
        this.http = http;
    }

    /**
     * What was answered.
     *
     * @param status of HTTP
     */
    public record Answer(int status, JsonNode body) {
        /** The resolver's own words. */
        public String message() {
            return body.path("message").asString("status " + status);
        }
    }

    /**
     * What is at a path.
     *
     * @throws UnreachableException when no resolver answers
     */
    public Answer get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + http + path))
                .timeout(ANSWER)
                .build();
        try {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
        } catch (HttpTimeoutException slow) {
            throw unreachable("nothing answered in time");
        } catch (ConnectException refused) {
            throw unreachable("the connection was refused, or there is no such host");
        } catch (JacksonException noJson) {
            throw unreachable("what answered is no resolver");
        } catch (IOException broken) {
            throw unreachable(broken.getMessage() == null ? broken.toString() : broken.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted while waiting for the answer");
        }
    }

    private UnreachableException unreachable(String why) {
        return new UnreachableException("no resolver at " + http + ": " + why
                + ". Name the HTTP port of a session, 9603 unless configured otherwise.");
    }
}
