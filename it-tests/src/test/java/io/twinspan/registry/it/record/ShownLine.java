package io.twinspan.registry.it.record;

/** One client's interest in one service. */
public record ShownLine(String client, String service) {}
