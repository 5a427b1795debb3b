package io.twinspan.registry.ops.client;

import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Tells a session to send its clients to the others, or to take clients again. */
public final class SessionDrain {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final Endpoint http;

    /** The HTTP port of the session, 9603 unless configured otherwise. */
    public SessionDrain(Endpoint http) {
        this.http = http;
    }

    /**
     * Posts to {@code /manage/drain}.
     *
     * @return the session's answer, one line of JSON
     * @throws UnreachableException when nobody answers within 5 s, or no session does
     */
    public String set(boolean isDraining) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + http + "/manage/drain"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"isDraining\":" + isDraining + "}"))
                .build();
        try {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw unreachable("POST /manage/drain was answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException broken) {
            throw unreachable(broken.getMessage() == null ? broken.toString() : broken.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted while waiting for the answer");
        }
    }

    private UnreachableException unreachable(String why) {
        return new UnreachableException("no session at " + http + ": " + why
                + ". Name a session's HTTP port, 9603 unless configured otherwise.");
    }
}
