package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Own entries of clients that have gone over to a peer. Only the own leader drops them, and only when all of this is so: the peer's
 * datum, which the peer has stood behind lately, lists the registration or the removal of it under a later order than ours; and
 * nobody lives behind the entry here, because its connection is closed, its client is on the move, or it is only held. Of two
 * entries at most the older one goes so, and an own entry with a live owner never: both are shown, and counted. A client that was
 * started anew on its way has another registration there, at the address of the old one: of those that move this is believed too.
 */
final class MovedOver {
    private final DataState state;
    private final MovingEntries moving;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder sentOver = new LongAdder();
    private volatile long listedTwice;

    MovedOver(DataState state, MovingEntries moving) {
        this.state = state;
        this.moving = moving;
    }

    /** Own entries dropped so since the start. */
    long dropped() {
        return dropped.sum();
    }

    /** Those of them whose clients had been sent there. */
    long sentOver() {
        return sentOver.sum();
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

    /** Looks at one service, as all peers have it. */
    void review(LedSlot slot, DataInfoId service) {
        slot.foreign().held(service).forEach(key -> review(slot, key));
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
        int sent = 0;
        int twice = 0;
        for (Publisher entry : own.publishers()) {
            boolean isThere =
                    theirs.find(entry.id()).filter(there -> !there.isMoving()).isPresent();
            if (isLive(slot, own, entry)) {
                twice += isThere ? 1 : 0;
            } else if (isFresh && isLaterThere(theirs, entry)) {
                gone.add(entry.id());
                sent += entry.isMoving() ? 1 : 0;
            }
        }
        if (!gone.isEmpty()) {
            dropped.add(slot.removeOver(key.id(), gone, Map.of(key.datacenter(), theirs.version()), state.nanos()));
            sentOver.add(sent);
        }
        return twice;
    }

    private static boolean isLaterThere(Datum theirs, Publisher entry) {
        Optional<Publisher> there = theirs.find(entry.id());
        if (there.isPresent()) {
            return !there.get().isMoving() && there.get().order().isAfter(entry.order());
        }
        boolean isRemovedThere = theirs.findTombstone(entry.id())
                .filter(removed -> removed.order().isAfter(entry.order()))
                .isPresent();
        return isRemovedThere || (entry.isMoving() && isAtItsAddressesThere(theirs, entry));
    }

    private static boolean isAtItsAddressesThere(Datum theirs, Publisher entry) {
        Set<String> places = HeldEntries.places(entry);
        return !places.isEmpty()
                && theirs.publishers().stream()
                        .anyMatch(each -> !each.isMoving()
                                && each.order().stamp().compareTo(entry.order().stamp()) > 0
                                && HeldEntries.places(each).containsAll(places));
    }

    private boolean isLive(LedSlot slot, Datum own, Publisher entry) {
        return !entry.isMoving()
                && !slot.held().isHeld(own.id(), entry.id())
                && !moving.contains(own.id(), entry.id(), entry.owner())
                && !state.sessions().isGone(entry.owner().session(), state.cluster());
    }
}
