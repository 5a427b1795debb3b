package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Asks over HTTP. Its few threads only hand answers over. */
final class HttpResolverServers implements ResolverServers {
    private static final int THREADS = 2;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final ClientLimits limits;
    private final ExecutorService threads;
    private final HttpClient http;

    HttpResolverServers(ClientLimits limits) {
        this.limits = limits;
        AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "resolver-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.times().connect())
                .executor(threads)
                .build();
    }

    @Override
    public CompletableFuture<PollReply> poll(Endpoint server, PollQuestion question) {
        String body = ResolverForms.question(question);
        Duration patience = question.timeout().plus(limits.times().slack());
        return send(
                server,
                "/acvip/v1/poll",
                patience,
                request -> request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                ResolverForms::reply);
    }

    @Override
    public CompletableFuture<ServerList> servers(Endpoint server) {
        return send(
                server, "/acvip/v1/servers", limits.times().slack(), HttpRequest.Builder::GET, ResolverForms::servers);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private <T> CompletableFuture<T> send(
            Endpoint server,
            String path,
            Duration patience,
            Function<HttpRequest.Builder, HttpRequest.Builder> more,
            Function<String, T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<HttpResponse<String>> call;
        try {
            URI uri = URI.create("http://" + server + path);
            call = http.sendAsync(
                    more.apply(HttpRequest.newBuilder(uri)).build(),
                    answer -> new BoundedBody(limits.mostAnswerBytes()));
        } catch (IllegalArgumentException | IllegalStateException impossible) {
            result.completeExceptionally(impossible);
            return result;
        }
        call.whenComplete((answer, failure) -> complete(result, path, answer, failure, read));
        // The time of a request would end with the head of its answer, and a body that stalls would be waited for
        // without end.
        result.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> call.cancel(true));
        return result;
    }

    private static <T> void complete(
            CompletableFuture<T> result,
            String path,
            @org.jspecify.annotations.Nullable HttpResponse<String> answer,
            @org.jspecify.annotations.Nullable Throwable failure,
            Function<String, T> read) {
        if (answer == null) {
            result.completeExceptionally(failure == null ? new IOException("no answer") : failure);
        } else if (answer.statusCode() == BAD_REQUEST) {
            result.completeExceptionally(new QuestionRefusedException(path, answer.body()));
        } else if (answer.statusCode() != OK) {
            result.completeExceptionally(new IOException(path + " was answered " + answer.statusCode()));
        } else {
            try {
                result.complete(read.apply(answer.body()));
            } catch (IllegalArgumentException wrong) {
                result.completeExceptionally(new IOException(path + " was answered by what is no answer", wrong));
            }
        }
    }
}
