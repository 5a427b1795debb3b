package io.twinspan.registry.sync;

import io.twinspan.registry.sync.announce.TableFacts;
import java.time.Duration;

/** How it stands with a peer, in one word. */
public enum PeerState {
    /** Everything it has announced is known here. */
    SYNCED,
    /** Something that it has announced is missing here, or is not used, and that is being seen to. */
    LAGGING,
    /** What is missing has been missing for long. */
    STALE,
    /** It is heard on no way. */
    UNREACHABLE,
    /** What it says cannot be agreed upon, or its topic or ours cannot be used; waiting will not help. */
    INCOMPATIBLE,
    /** It is not listened to, because somebody said so. */
    OFF;

    /** Missing for longer than this is {@link #STALE}. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * The word for these facts.
     *
     * @param isOn whether the peer is to be listened to
     * @param problem what an operator has to mend; empty when nothing
     */
    static PeerState of(boolean isOn, SyncPath path, TableFacts facts, String problem) {
        if (!isOn) {
            return OFF;
        }
        if (!problem.isEmpty()) {
            return INCOMPATIBLE;
        }
        if (path == SyncPath.NONE) {
            return UNREACHABLE;
        }
        if (facts.inDoubtFor().compareTo(PATIENCE) > 0) {
            return STALE;
        }
        boolean isComplete =
                facts.slotsInDoubt() == 0 && !facts.awaitsSummary() && facts.held() == 0 && facts.aside() == 0;
        return isComplete ? SYNCED : LAGGING;
    }
}
