package io.twinspan.registry.message;

/**
 * Session to meta: provided configuration that has changed since.
 *
 * @param sinceRevision 0 for everything
 */
public record FetchProvided(long sinceRevision) implements Request<ProvidedChanges> {}
