package io.twinspan.registry.runtime;

import io.twinspan.registry.message.Request;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The requests one role answers, by type. Filled while the role is wired, read by every transport. */
public final class RequestDispatcher {
    private final Map<Class<?>, RequestHandler<?, ?>> handlers = new ConcurrentHashMap<>();

    /**
     * Adds a handler.
     *
     * @throws IllegalStateException when the type has one already
     */
    public <Q extends Request<R>, R> RequestDispatcher on(Class<Q> type, RequestHandler<Q, R> handler) {
        if (handlers.putIfAbsent(type, handler) != null) {
            throw new IllegalStateException("two handlers for " + type.getSimpleName());
        }
        return this;
    }

    /** True when there is a handler for this type. */
    public boolean handles(Class<?> type) {
        return handlers.containsKey(type);
    }

    /** Hands the request to its handler; a type without one, or a handler that throws, fails the stage. */
    public <R> CompletionStage<R> dispatch(Request<R> request, Caller caller) {
        @SuppressWarnings("unchecked") // on() takes only handlers whose types fit together
        RequestHandler<Request<R>, R> handler = (RequestHandler<Request<R>, R>) handlers.get(request.getClass());
        if (handler == null) {
            return CompletableFuture.failedFuture(new PeerException(
                    "this node does not answer " + request.getClass().getSimpleName()));
        }
        try {
            return handler.handle(request, caller);
        } catch (RuntimeException fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }
}
