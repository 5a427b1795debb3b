package io.twinspan.registry.message;

/** Any node, of this or a peer datacenter, to meta: who is there and who leads what. */
public record FetchCluster() implements Request<ClusterState> {}
