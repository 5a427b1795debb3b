package io.twinspan.registry.sync.announce;

import java.time.Duration;

/**
 * What is known of a peer's versions, in numbers.
 *
 * @param services of the peer that have publishers
 * @param slotsInOrder slots of which everything heard of is applied
 * @param slotsInDoubt slots of which something is missing or differs, or of whose leader nothing was heard for too long or ever
 * @param lag places of the order heard of and not reached, in all slots
 * @param inDoubtFor how long the slot has been in doubt that has been longest; zero when none is
 * @param awaitsSummary nothing of the peer's slots is certain until it has said what they come to
 * @param held services whose emptying is held back
 * @param aside versions that lie too far in the future to be used
 * @param notHealing why pulling does not help; empty when it does, or is not needed
 */
public record TableFacts(
        int services,
        int slotsInOrder,
        int slotsInDoubt,
        long lag,
        Duration inDoubtFor,
        boolean awaitsSummary,
        int held,
        int aside,
        String notHealing) {}
