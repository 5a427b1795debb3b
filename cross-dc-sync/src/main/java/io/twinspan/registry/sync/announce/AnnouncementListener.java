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
    CompletionStage<Void> onChanged(DatacenterId peer, List<Changed> batch);

    /** Records that could not be read; they were skipped. */
    void onUnreadable(DatacenterId peer, int records);

    /** Everything that was in the peer's topic when reading began has been delivered. */
    void onCaughtUp(DatacenterId peer);

    /** Whether the peer's topic can be read, at each change. */
    void onReading(DatacenterId peer, boolean isConnected);

    /** Whether the own topic can be written, at each change. */
    void onWriting(boolean isConnected);

    /** An announcement that was taken could not be sent; its entries must be announced again. */
    void onUnsent(Changed announcement);

    /** After a refused offer: there is room again. */
    void onRoom();
}
