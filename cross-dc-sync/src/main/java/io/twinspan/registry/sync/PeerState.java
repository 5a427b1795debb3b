package io.twinspan.registry.sync;

import io.twinspan.registry.sync.announce.TableFacts;
import java.time.Duration;

/** How it stands with a peer, in one word. */
public enum PeerState {
    /** Everything it has announced is known here, and what is wanted of it is held. */
    SYNCED,
    /** Something that it has announced is missing here, or is not used, and that is being seen to. */
    LAGGING,
    /** What is missing has been missing for long. */
    STALE,
    /** It is heard on no way. */
    UNREACHABLE,
    /** What it says cannot be agreed upon, or its topic or ours cannot be used; waiting will not help. */
    INCOMPATIBLE,
    /** Nothing of it is fetched, because an operator said so; what it announces is followed all the same. */
    OFF;

    /** Missing for longer than this is {@link #STALE}. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Contents are asked for again a few times before it is said that they are missing. */
    private static final Duration TRIES = Duration.ofSeconds(1);

    /**
     * The word for these facts.
     *
     * @param isOn false when nothing of the peer is to be fetched
     * @param problem what an operator has to mend; empty when nothing
     * @param inVain how long contents that somebody here wants have been asked for in vain
     */
    static PeerState of(boolean isOn, SyncPath path, TableFacts facts, String problem, Duration inVain) {
        if (!isOn) {
            return OFF;
        }
        if (!problem.isEmpty()) {
            return INCOMPATIBLE;
        }
        if (path == SyncPath.NONE) {
            return UNREACHABLE;
        }
        if (facts.inDoubtFor().compareTo(PATIENCE) > 0 || inVain.compareTo(PATIENCE) > 0) {
            return STALE;
        }
        boolean isComplete = facts.slotsInDoubt() == 0
                && !facts.awaitsSummary()
                && facts.held() == 0
                && facts.aside() == 0
                && inVain.compareTo(TRIES) <= 0;
        return isComplete ? SYNCED : LAGGING;
    }
}
