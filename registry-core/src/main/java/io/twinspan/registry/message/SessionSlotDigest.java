package io.twinspan.registry.message;

import io.twinspan.registry.slot.SlotId;

/**
 * What a session has in one slot, in sums that do not depend on order.
 *
 * @param publishers number of its registrations
 * @param publishersHash sum of {@link SessionDigests#ofPublisher} over them
 * @param interestHash sum of {@link SessionDigests#ofInterest} over what it subscribes to
 */
public record SessionSlotDigest(SlotId slot, int publishers, long publishersHash, long interestHash) {}
