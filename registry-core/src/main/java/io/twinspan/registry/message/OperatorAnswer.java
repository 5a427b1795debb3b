package io.twinspan.registry.message;

/**
 * What the leading meta answers to an {@link OperatorCall}.
 *
 * @param status of HTTP
 * @param body JSON
 */
public record OperatorAnswer(int status, String body) {}
