package io.twinspan.registry.datum;

/**
 * What remains of a removed registration, so that a late copy of it does not bring it back.
 *
 * @param order of the removal; only a later request may register this id again
 * @param removedAtMillis the leader's physical time of the removal, in milliseconds since 1970
 */
public record Tombstone(RegistrationId id, RegistrationOrder order, long removedAtMillis) {}
