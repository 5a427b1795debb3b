package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Told by an {@link AnnouncementChannel} what arrives and how it fares. Called on the channel's threads. */
public interface AnnouncementListener {
    /**
     * Announcements found in a peer's topic, in its order.
     *
     * @return completes when they are taken in; until then the channel delivers no more of this peer
     */
    CompletionStage<Void> onAnnounced(DatacenterId peer, List<Announcement> batch);

    /** A peer asks. Questions to other datacenters, and of this one, may be told too. */
    void onPull(Pull pull);

    /**
     * Records of a peer that could not be read; they were skipped.
     *
     * @param poisoned that are no announcements
     * @param newer of a later format than this release knows
     */
    void onUnreadable(DatacenterId peer, int poisoned, int newer);

    /** Reading of a peer's topic begins, or begins anew, at its end: what was said before may have been missed. */
    void onInDoubt(DatacenterId peer);

    /** Whether the peer's topic can be read, at each change. */
    void onReading(DatacenterId peer, boolean isConnected);

    /** So many bytes have come over the wire with a peer's announcements, beyond those told before. */
    void onBytes(DatacenterId peer, long bytes);

    /** Whether the own topic can be written, at each change. */
    void onWriting(boolean isConnected);

    /** An announcement that was taken could not be sent: those who read will find that it is missing. */
    void onUnsent(Announcement announcement);

    /** After a refused offer: there is room again. */
    void onRoom();

    /**
     * A topic of our own exists and is not as it must be, so that nothing is written to it; or it is as it must be again. The channel
     * itself tells the log, and looks again.
     *
     * @param faults what is wrong with it; empty when it can be used
     */
    default void onTopic(String topic, List<TopicFault> faults) {}

    /**
     * A peer's topic cannot be read for a reason that waiting does not mend: its cluster does not let us in. The channel tries on.
     *
     * @param why in one line; empty when it can be read again
     */
    default void onRefused(DatacenterId peer, String why) {}
}
