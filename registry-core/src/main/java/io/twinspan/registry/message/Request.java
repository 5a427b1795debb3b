package io.twinspan.registry.message;

/**
 * What one role asks of another.
 *
 * @param <R> the answer
 */
public interface Request<R> {}
