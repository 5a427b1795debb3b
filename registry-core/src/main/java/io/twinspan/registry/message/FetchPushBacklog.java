package io.twinspan.registry.message;

/** Meta to session, for an operator: what would be pushed if push were opened now. */
public record FetchPushBacklog() implements Request<PushBacklog> {}
