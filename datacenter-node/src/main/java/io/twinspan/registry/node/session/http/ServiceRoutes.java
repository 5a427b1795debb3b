package io.twinspan.registry.node.session.http;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.subscription.Scope;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * {@code GET /api/v1/services/DATAID?group=&instanceId=&scope=} of the session: addresses by datacenter, with their age. Who accepts
 * {@code text/event-stream} gets each change as an event {@code segment}, and every few seconds an event {@code age}.
 */
public final class ServiceRoutes {
    private final HttpReaders readers;

    /** Answers from these readers. */
    public ServiceRoutes(HttpReaders readers) {
        this.readers = readers;
    }

    /** The path. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/api/v1/services/{dataId}", this::answer)
                .build();
    }

    private ServerResponse answer(ServerRequest request) {
        HttpServletRequest servlet = request.servletRequest();
        Wish wish = new Wish(
                new DataInfoId(
                        request.pathVariable("dataId"),
                        request.param("instanceId").orElse(DataInfoId.DEFAULT_INSTANCE_ID),
                        request.param("group").orElse(DataInfoId.DEFAULT_GROUP)),
                scope(request.param("scope").orElse(Scope.GLOBAL.wireName())),
                servlet.getRemoteAddr() + ":" + servlet.getRemotePort());
        boolean isStream = request.headers().accept().stream()
                .anyMatch(each -> each.isConcrete() && MediaType.TEXT_EVENT_STREAM.isCompatibleWith(each));
        if (isStream) {
            return new Streaming(wish);
        }
        return ServerResponse.async(readers.once(wish)
                .thenApply(found -> found.map(ServiceRoutes::json).orElseGet(ServiceRoutes::unavailable))
                .toCompletableFuture());
    }

    /** Unlike on the clients' wire, where what is unknown means zone: who writes a URL by hand is told of the slip. */
    private static Scope scope(String text) {
        return Arrays.stream(Scope.values())
                .filter(each -> each.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "scope '" + text + "' is not known: take global, dataCenter or zone"));
    }

    private static ServerResponse json(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static ServerResponse unavailable() {
        return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of(
                        "success",
                        false,
                        "message",
                        "nothing is known of the service's own datacenter yet, or too many read here; ask"
                                + " again or elsewhere"));
    }

    /** A response that goes on after the request's thread has left it. */
    private final class Streaming implements ServerResponse {
        private final Wish wish;
        private final HttpHeaders headers = new HttpHeaders();

        Streaming(Wish wish) {
            this.wish = wish;
            headers.setContentType(MediaType.TEXT_EVENT_STREAM);
            headers.setCacheControl("no-store");
        }

        @Override
        public HttpStatusCode statusCode() {
            return HttpStatus.OK;
        }

        @Override
        public HttpHeaders headers() {
            return headers;
        }

        @Override
        public MultiValueMap<String, Cookie> cookies() {
            return new LinkedMultiValueMap<>();
        }

        @Override
        public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
                throws IOException {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            AsyncContext async = request.startAsync(request, response);
            // A stream ends when its reader goes, or is dropped; never by itself.
            async.setTimeout(0);
            ServletOutputStream out = response.getOutputStream();
            Ended ended = new Ended();
            EventStream stream = new EventStream(async, out, readers.loop(), ended);
            ended.of(stream);
            async.addListener(ended);
            out.setWriteListener(stream);
            readers.stream(wish, stream).thenAccept(isTaken -> {
                if (!isTaken) {
                    readers.loop().execute(stream::end);
                }
            });
            return null;
        }
    }

    /** Tells the readers once that a stream is over. */
    private final class Ended implements Runnable, AsyncListener {
        private volatile @Nullable EventStream stream;

        void of(EventStream mine) {
            stream = mine;
        }

        @Override
        public void run() {
            EventStream over = stream;
            if (over != null) {
                readers.gone(over);
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            run();
        }

        @Override
        public void onError(AsyncEvent event) {
            run();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            run();
        }
    }
}
