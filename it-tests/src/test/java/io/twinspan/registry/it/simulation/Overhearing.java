package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Pull;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A listener whose node takes in something else than what was announced. */
final class Overhearing implements AnnouncementListener {
    private final AnnouncementListener production;
    private final Function<Announcement, List<Announcement>> misheard;

    /** @param misheard what is taken in for one announcement, which may be nothing or several */
    Overhearing(AnnouncementListener production, Function<Announcement, List<Announcement>> misheard) {
        this.production = production;
        this.misheard = misheard;
    }

    @Override
    public CompletionStage<Void> onAnnounced(DatacenterId peer, List<Announcement> batch) {
        return production.onAnnounced(
                peer,
                batch.stream().flatMap(each -> misheard.apply(each).stream()).toList());
    }

    @Override
    public void onPull(Pull pull) {
        production.onPull(pull);
    }

    @Override
    public void onUnreadable(DatacenterId peer, int poisoned, int newer) {
        production.onUnreadable(peer, poisoned, newer);
    }

    @Override
    public void onInDoubt(DatacenterId peer) {
        production.onInDoubt(peer);
    }

    @Override
    public void onReading(DatacenterId peer, boolean isConnected) {
        production.onReading(peer, isConnected);
    }

    @Override
    public void onBytes(DatacenterId peer, long bytes) {
        production.onBytes(peer, bytes);
    }

    @Override
    public void onWriting(boolean isConnected) {
        production.onWriting(isConnected);
    }

    @Override
    public void onUnsent(Announcement announcement) {
        production.onUnsent(announcement);
    }

    @Override
    public void onRoom() {
        production.onRoom();
    }
}
