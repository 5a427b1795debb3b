package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a channel tells. */
public final class RecordingListener implements AnnouncementListener {
    public final List<Changed> changed = new CopyOnWriteArrayList<>();
    public final List<DatacenterId> caughtUp = new CopyOnWriteArrayList<>();
    public final List<Boolean> writing = new CopyOnWriteArrayList<>();
    public final List<Boolean> reading = new CopyOnWriteArrayList<>();
    public final List<Changed> unsent = new CopyOnWriteArrayList<>();
    public final AtomicInteger unreadable = new AtomicInteger();
    public final AtomicInteger room = new AtomicInteger();

    @Override
    public CompletionStage<Void> onChanged(DatacenterId peer, List<Changed> batch) {
        changed.addAll(batch);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onUnreadable(DatacenterId peer, int records) {
        unreadable.addAndGet(records);
    }

    @Override
    public void onCaughtUp(DatacenterId peer) {
        caughtUp.add(peer);
    }

    @Override
    public void onReading(DatacenterId peer, boolean isConnected) {
        reading.add(isConnected);
    }

    @Override
    public void onWriting(boolean isConnected) {
        writing.add(isConnected);
    }

    @Override
    public void onUnsent(Changed announcement) {
        unsent.add(announcement);
    }

    @Override
    public void onRoom() {
        room.incrementAndGet();
    }
}
