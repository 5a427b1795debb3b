package io.twinspan.registry.node.resolver;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A call with a bound on all of it: the time of a request itself ends with the head of its answer, and a body may stall. */
final class WholeExchange {
    private WholeExchange() {}

    /** The whole answer as text; fails, and gives the call up, when it is not there in time. */
    static CompletableFuture<HttpResponse<String>> send(HttpClient http, HttpRequest request, Duration within) {
        CompletableFuture<HttpResponse<String>> call = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> whole = call.copy().orTimeout(within.toMillis(), TimeUnit.MILLISECONDS);
        whole.whenComplete((answer, failure) -> call.cancel(true));
        return whole;
    }
}
