package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.CompareProvided;
import io.twinspan.registry.message.ProvidedComparison;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.runtime.EventLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares with one peer: the root first, everything by name only if the roots differ, and then takes what is newer there and
 * offers what is newer here. What differed is compared again soon, more and more slowly while it goes on differing.
 */
final class PeerComparison {
    /** What is done about differences. */
    interface Repair {
        /** Values of the peer that are newer, or as new and other; then {@code done} on the loop, whatever came of it. */
        void take(List<ProvidedValue> newer, Runnable done);

        /** Values of ours that the peer lacks. */
        void give(List<DataInfoId> wanted);
    }

    private final PeerMetas metas;
    private final FederationPorts ports;
    private final FederationSettings settings;
    private final Digests digests;
    private final Repair repair;
    private PeerStanding.Word word = PeerStanding.Word.UNKNOWN;
    private long comparedMillis;
    private boolean isOpen;
    private boolean isComparing;
    private int rechecks;
    private EventLoop.@Nullable Timer timer;

    PeerComparison(
            PeerMetas metas, FederationPorts ports, FederationSettings settings, Digests digests, Repair repair) {
        this.metas = metas;
        this.ports = ports;
        this.settings = settings;
        this.digests = digests;
        this.repair = repair;
    }

    /** Compares at once and from then on. */
    void open() {
        isOpen = true;
        rechecks = 0;
        compare();
    }

    void close() {
        isOpen = false;
        word = PeerStanding.Word.UNKNOWN;
        cancel();
    }

    /** Something turned out to differ. */
    void soon() {
        if (isOpen && !isComparing) {
            schedule(true);
        }
    }

    PeerStanding standing(int queued) {
        return new PeerStanding(metas.peer(), word, comparedMillis, queued, metas.trouble());
    }

    private void compare() {
        if (!isOpen || isComparing) {
            return;
        }
        cancel();
        isComparing = true;
        metas.call(new CompareProvided(digests.root(), true, List.of()), (answer, trouble) -> {
            if (answer == null) {
                onUnreachable();
            } else if (answer.isEqual()) {
                onEnd(PeerStanding.Word.EQUAL);
            } else {
                metas.call(
                        new CompareProvided(digests.root(), false, digests.entries()),
                        (differences, trouble2) -> onDifferences(differences));
            }
        });
    }

    private void onDifferences(@Nullable ProvidedComparison differences) {
        if (differences == null) {
            onUnreachable();
        } else if (differences.isEqual()) {
            onEnd(PeerStanding.Word.EQUAL);
        } else if (!isOpen) {
            isComparing = false;
        } else {
            repair.give(differences.wanted());
            repair.take(differences.newer(), () -> onEnd(PeerStanding.Word.DIFFERENT));
        }
    }

    private void onUnreachable() {
        word = PeerStanding.Word.UNREACHABLE;
        isComparing = false;
        if (isOpen) {
            schedule(true);
        }
    }

    private void onEnd(PeerStanding.Word found) {
        isComparing = false;
        if (!isOpen) {
            return;
        }
        word = found;
        comparedMillis = ports.clock().physicalMillis();
        schedule(found != PeerStanding.Word.EQUAL);
    }

    private void schedule(boolean isSoon) {
        cancel();
        rechecks = isSoon ? rechecks + 1 : 0;
        timer = ports.loop().schedule(isSoon ? settings.recheckDelay(rechecks - 1) : settings.compareEvery(), () -> {
            timer = null;
            compare();
        });
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
