package io.twinspan.registry.datum;

/**
 * What remains of a removed registration, so that a late copy of it does not bring it back.
 *
 * @param order of the removal; only a later request may register this id again
 * @param removedAtMillis the leader's physical time of the removal, in milliseconds since 1970
 * @param isLeftByClose true when the owner's connection closed, so that another live connection of the same client may put the
 *     registration back; false when the client itself took it back
 */
public record Tombstone(RegistrationId id, RegistrationOrder order, long removedAtMillis, boolean isLeftByClose) {}
