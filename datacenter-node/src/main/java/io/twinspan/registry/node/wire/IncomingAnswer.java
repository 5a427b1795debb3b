package io.twinspan.registry.node.wire;

import io.twinspan.registry.clock.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it arrived.
 *
 * @param clock the called node's reading when it answered, to be merged
 * @param answer null when there is a failure instead
 * @param failure the called node's one line on why it could not; empty when there is an answer
 */
public record IncomingAnswer(Stamp clock, @Nullable Object answer, String failure) {}
