package io.twinspan.registry.node.data;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.sync.PeerGap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the registrations that are on their way to another datacenter in the slots led here: counts them, and gives those to
 * the quarantine whose time is over although nobody stands behind them any more. Belongs to the role's loop, except where it says
 * otherwise.
 */
final class MovingWatch {
    /** Longer than a session keeps what it has sent away: while that lives it is the one to say so. */
    static final Duration OVERDUE = Duration.ofSeconds(130);

    private final DataState state;
    private final HybridClock clock;
    private final MovedOver movedOver;
    private @Nullable MoveOrder order;
    private long sentBefore;
    private PeerGap gap = PeerGap.UNKNOWN;
    private volatile @Nullable MoveProgress progress;

    MovingWatch(DataState state, HybridClock clock, MovedOver movedOver) {
        this.state = state;
        this.clock = clock;
        this.movedOver = movedOver;
    }

    /** A move is ordered, or has come to another stage. */
    void on(MoveView view) {
        MoveOrder next = view.order();
        MoveOrder before = order;
        if (next != null && (before == null || !before.isSameRun(next))) {
            sentBefore = movedOver.sentOver();
            gap = PeerGap.UNKNOWN;
            progress = null;
        }
        order = next;
    }

    /** The peer whose datums are all to be held here, while there is such a one. */
    Optional<DatacenterId> counterpart() {
        return Optional.ofNullable(order).flatMap(each -> each.shownBesides(state.own(), clock.physicalMillis()));
    }

    /** What is not held of it as it should be. */
    void onGap(PeerGap now) {
        gap = now;
    }

    /** How far the move has come that is known here; any thread. */
    Optional<MoveProgress> progress() {
        return Optional.ofNullable(progress);
    }

    /** Counts, and holds what is overdue. Nothing is on its way where no move was ever heard of, so nothing is looked at there. */
    void review() {
        MoveOrder known = order;
        if (known == null) {
            return;
        }
        int moving = 0;
        int overdue = 0;
        List<String> names = new ArrayList<>();
        for (LedSlot slot : state.slots().all()) {
            for (Datum datum : slot.ownDatums()) {
                for (Publisher each : datum.publishers()) {
                    if (!each.isMoving()) {
                        continue;
                    }
                    if (!slot.held().isHeld(datum.id(), each.id()) && isOverdue(slot, each)) {
                        state.quarantine().holdNotOver(slot, datum.id(), each, state.nanos());
                    }
                    if (slot.held().isHeld(datum.id(), each.id())) {
                        overdue++;
                        names.add(datum.id() + " " + each.id() + " " + each.client());
                    } else {
                        moving++;
                    }
                }
            }
        }
        progress = new MoveProgress(
                known.run(),
                0,
                0,
                0,
                moving,
                (int) (movedOver.sentOver() - sentBefore),
                overdue,
                gap.missing(),
                gap.unknown(),
                names);
    }

    private boolean isOverdue(LedSlot slot, Publisher entry) {
        return slot.state() == SlotState.SETTLED
                && clock.physicalMillis() - entry.movingSinceMillis() > OVERDUE.toMillis();
    }
}
