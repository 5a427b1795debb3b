package io.twinspan.registry.runtime;

import io.twinspan.registry.message.Request;
import java.util.concurrent.CompletionStage;

/**
 * Answers one kind of request.
 *
 * @param <Q> the request
 * @param <R> its answer
 */
@FunctionalInterface
public interface RequestHandler<Q extends Request<R>, R> {
    /**
     * Called on any thread; the stage may complete on any other. An expected refusal is a value of the answer, not a failure of
     * the stage.
     */
    CompletionStage<R> handle(Q request, Caller caller);
}
