package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Own entries of clients that have gone over to a peer. Only the own leader drops them, and only when all of this is so: the peer's
 * datum, which the peer has stood behind lately, lists the registration or the removal of it under a later order than ours; and
 * nobody lives behind the entry here, because its connection is closed, its client is on the move, or it is only held. Of two
 * entries at most the older one goes so, and an own entry with a live owner never: both are shown, and counted.
 */
final class MovedOver {
    private final DataState state;
    private final MovingEntries moving;
    private final LongAdder dropped = new LongAdder();
    private volatile long listedTwice;

    MovedOver(DataState state, MovingEntries moving) {
        this.state = state;
        this.moving = moving;
    }

    /** Own entries dropped so since the start. */
    long dropped() {
        return dropped.sum();
    }

    /** Registrations with a live owner here that a peer listed too when that was last looked at. */
    long listedTwice() {
        return listedTwice;
    }

    /** Looks at everything that is led here. */
    void review() {
        long twice = 0;
        for (LedSlot slot : state.slots().all()) {
            for (DatumKey key : slot.foreign().held()) {
                twice += review(slot, key);
            }
        }
        listedTwice = twice;
    }

    /** Looks at one peer's datum; returns how many live ones are listed twice. */
    int review(LedSlot slot, DatumKey key) {
        Datum own = slot.findOwn(key.id()).orElse(null);
        Datum theirs = slot.foreign().find(key).orElse(null);
        if (own == null || theirs == null || slot.state() != SlotState.SETTLED || own.count() == 0) {
            return 0;
        }
        boolean isFresh = slot.foreign().isFresh(key);
        Set<RegistrationId> gone = new HashSet<>();
        int twice = 0;
        for (Publisher entry : own.publishers()) {
            Optional<Publisher> there = theirs.find(entry.id());
            Optional<RegistrationOrder> order = there.map(Publisher::order)
                    .or(() -> theirs.findTombstone(entry.id()).map(each -> each.order()));
            if (order.isEmpty()) {
                continue;
            }
            boolean isLive = isLive(slot, own, entry);
            if (!isLive && isFresh && order.get().isAfter(entry.order())) {
                gone.add(entry.id());
            } else if (isLive && there.isPresent()) {
                twice++;
            }
        }
        if (!gone.isEmpty()) {
            dropped.add(slot.remove(key.id(), gone, state.nanos()));
        }
        return twice;
    }

    private boolean isLive(LedSlot slot, Datum own, Publisher entry) {
        return !slot.held().isHeld(own.id(), entry.id())
                && !moving.contains(own.id(), entry.id(), entry.owner())
                && !state.sessions().isGone(entry.owner().session(), state.cluster());
    }
}
