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
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a meta's HTTP port. Any meta of a datacenter takes any request. */
public final class MetaClient {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Endpoint http;
    private final Consumer<String> notices;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** The HTTP port of a meta, 9615 unless configured otherwise. */
    public MetaClient(Endpoint http) {
        this(http, notice -> {});
    }

    /** @param notices told what a meta says to everybody: that push is closed, and who is on duty */
    public MetaClient(Endpoint http, Consumer<String> notices) {
        this.http = http;
        this.notices = notices;
    }

    /**
     * What a meta has answered.
     *
     * @param isDone false when it refused
     * @param body as it came
     * @param message its own words; empty when it gave none
     */
    public record Answer(boolean isDone, String body, String message) {
        /** The body as JSON. */
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /**
     * What is at a path.
     *
     * @throws UnreachableException when no meta answers
     */
    public Answer get(String path) {
        return send(path, HttpRequest.newBuilder(uri(path)).GET());
    }

    /**
     * What is at a path, which every meta that is well answers.
     *
     * @throws UnreachableException when no meta answers, or one that cannot
     */
    public JsonNode ask(String path) {
        Answer answer = get(path);
        if (!answer.isDone()) {
            throw unreachable(answer.message());
        }
        return answer.json();
    }

    /**
     * Asks for a change.
     *
     * @param body as JSON
     * @throws UnreachableException when no meta answers
     */
    public Answer post(String path, String body) {
        return send(
                path,
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /**
     * Asks for a change under one of the classic paths.
     *
     * @param form the fields of a form
     * @throws UnreachableException when no meta answers
     */
    public Answer postForm(String path, String form) {
        return send(
                path,
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /**
     * Puts something in place of what is there.
     *
     * @param body as JSON
     * @throws UnreachableException when no meta answers
     */
    public Answer put(String path, String body) {
        return send(
                path,
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private URI uri(String path) {
        return URI.create("http://" + http + path);
    }

    private Answer send(String path, HttpRequest.Builder request) {
        HttpResponse<String> answer;
        try {
            answer = client.send(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException slow) {
            throw unreachable("nothing answered in time");
        } catch (ConnectException refused) {
            throw unreachable("the connection was refused, or there is no such host");
        } catch (IOException broken) {
            throw unreachable(broken.getMessage() == null ? broken.toString() : broken.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted while waiting for the answer");
        }
        if (answer.statusCode() == NOT_FOUND) {
            throw unreachable(path + " was answered 404, so this is no meta's HTTP port");
        }
        String message = message(answer.body());
        boolean isDone = answer.statusCode() == OK;
        String notice = answer.headers().firstValue("Twinspan-Notice").orElse("");
        if (!notice.isEmpty()) {
            notices.accept("NOTE: " + notice + " ('twinspan push status')");
        }
        String duty = answer.headers().firstValue("Twinspan-Duty").orElse("");
        if (!duty.isEmpty()) {
            notices.accept(duty);
        }
        return new Answer(
                isDone, answer.body(), isDone || !message.isEmpty() ? message : "status " + answer.statusCode());
    }

    private static String message(String body) {
        try {
            return JsonMapper.shared().readTree(body).path("message").asString("");
        } catch (JacksonException noJson) {
            return "";
        }
    }

    private UnreachableException unreachable(String why) {
        return new UnreachableException("no meta at " + http + ": " + why
                + ". Is one running there ('twinspan demo status')? Name another with --server HOST:HTTP_PORT.");
    }
}
