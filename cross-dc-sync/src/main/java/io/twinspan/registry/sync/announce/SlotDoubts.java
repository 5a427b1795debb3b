package io.twinspan.registry.sync.announce;

import java.time.Duration;
import java.util.List;

/**
 * How it stands with all slots of a peer at one moment, in numbers.
 *
 * @param inOrder slots of which everything heard of is applied
 * @param inDoubt slots of which something is missing or differs, or of which nobody has spoken for too long, or ever
 * @param lag places of the order heard of and not reached
 * @param longestNanos how long the slot has been in doubt that has been longest; zero when none is
 * @param isNotHealing answers come and do not help
 * @param isWithoutAnswer what is asked for, or ought to be said, does not come
 */
record SlotDoubts(
        int inOrder, int inDoubt, long lag, long longestNanos, boolean isNotHealing, boolean isWithoutAnswer) {
    /** @param silence whoever has not spoken of a slot for this long is not known to lead it any more */
    static SlotDoubts of(List<PeerSlot> slots, Duration silence, long nowNanos) {
        int inOrder = 0;
        int inDoubt = 0;
        long lag = 0;
        long longest = 0;
        boolean isNotHealing = false;
        boolean isWithoutAnswer = false;
        for (PeerSlot slot : slots) {
            inOrder += slot.isInOrder() ? 1 : 0;
            lag += slot.lag();
            isNotHealing |= slot.pull().isNotHealing();
            long silent = slot.silentNanos(nowNanos);
            boolean isSilent = silent > silence.toNanos();
            if (slot.isInDoubt()) {
                inDoubt++;
                longest = Math.max(longest, nowNanos - slot.inDoubtNanos());
                isWithoutAnswer |= slot.pull().failures() > 2;
            } else if (isSilent || !slot.isInOrder()) {
                // Whether it still holds, nobody says; or nobody has ever spoken of it.
                inDoubt++;
                isWithoutAnswer |= isSilent;
                longest = Math.max(longest, silent);
            }
        }
        return new SlotDoubts(inOrder, inDoubt, lag, longest, isNotHealing, isWithoutAnswer);
    }
}
