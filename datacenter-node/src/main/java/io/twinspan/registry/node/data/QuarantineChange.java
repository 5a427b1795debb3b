package io.twinspan.registry.node.data;

/** What an operator's word has changed. */
public record QuarantineChange(int services, int publishers) {}
