package io.twinspan.registry.message;

/**
 * A meta to the meta that leads: carry out this change, which an operator asked of the wrong member by HTTP. Nothing of the request
 * is lost or read on the way.
 *
 * @param path for example {@code /manage/changePeer}
 * @param query raw query string, without the question mark; empty when there was none
 */
public record OperatorCall(String path, String query, String body) implements Request<OperatorAnswer> {}
