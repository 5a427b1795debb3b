package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;

/** Meta to a session, for an operator: which of your clients asked for this provided value, and what have they acknowledged. */
public record FetchWatchers(DataInfoId id) implements Request<Watchers> {}
