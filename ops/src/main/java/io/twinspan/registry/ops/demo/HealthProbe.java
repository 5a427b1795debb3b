package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks once whether something is well. */
final class HealthProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int SHOWN_OF_ANSWER = 200;
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** Well is status 200 and {@code "success":true} at {@code /health/check}. */
    Health ofHttp(Endpoint endpoint) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + endpoint + "/health/check"))
                    .timeout(PATIENCE)
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            boolean isWell = answer.statusCode() == OK
                    && answer.body().replaceAll("\\s", "").contains("\"success\":true");
            String duty = answer.headers()
                    .firstValue("Twinspan-Duty")
                    .map(line -> ", " + line)
                    .orElse("");
            return new Health(isWell, isWell ? "ok" + duty : answer.statusCode() + " " + shortened(answer.body()));
        } catch (IOException notYet) {
            return new Health(false, "no answer");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Health(false, "interrupted");
        }
    }

    /** Well is that a connection is taken. */
    Health ofTcp(Endpoint endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int) PATIENCE.toMillis());
            return new Health(true, "ok");
        } catch (IOException notYet) {
            return new Health(false, "no answer");
        }
    }

    private static String shortened(String body) {
        return body.length() <= SHOWN_OF_ANSWER ? body : body.substring(0, SHOWN_OF_ANSWER) + "…";
    }
}
