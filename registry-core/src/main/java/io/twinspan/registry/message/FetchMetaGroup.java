package io.twinspan.registry.message;

/** A meta that hears of no leader to another meta: who is in the raft group? */
public record FetchMetaGroup() implements Request<MetaGroup> {}
