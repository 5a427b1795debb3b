package io.twinspan.registry.message;

/** Meta to a data node: what do you hold, of the own datacenter and of each peer. */
public record FetchHoldings() implements Request<Holdings> {}
