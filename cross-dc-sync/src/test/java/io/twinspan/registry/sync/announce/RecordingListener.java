package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what a channel tells. */
public final class RecordingListener implements AnnouncementListener {
    public final List<Announcement> changed = new CopyOnWriteArrayList<>();
    public final List<DatacenterId> inDoubt = new CopyOnWriteArrayList<>();
    public final List<Boolean> writing = new CopyOnWriteArrayList<>();
    public final List<Boolean> reading = new CopyOnWriteArrayList<>();
    public final List<Announcement> unsent = new CopyOnWriteArrayList<>();
    public final AtomicInteger unreadable = new AtomicInteger();
    public final AtomicInteger newerFormats = new AtomicInteger();
    public final List<Pull> pulls = new CopyOnWriteArrayList<>();
    public final List<List<TopicFault>> topicFaults = new CopyOnWriteArrayList<>();
    public final List<String> refusals = new CopyOnWriteArrayList<>();
    public final AtomicLong bytes = new AtomicLong();
    public final AtomicInteger room = new AtomicInteger();

    @Override
    public CompletionStage<Void> onAnnounced(DatacenterId peer, List<Announcement> batch) {
        changed.addAll(batch);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onPull(Pull pull) {
        pulls.add(pull);
    }

    @Override
    public void onUnreadable(DatacenterId peer, int poisoned, int newer) {
        unreadable.addAndGet(poisoned);
        newerFormats.addAndGet(newer);
    }

    @Override
    public void onInDoubt(DatacenterId peer) {
        inDoubt.add(peer);
    }

    @Override
    public void onReading(DatacenterId peer, boolean isConnected) {
        reading.add(isConnected);
    }

    @Override
    public void onBytes(DatacenterId peer, long more) {
        bytes.addAndGet(more);
    }

    @Override
    public void onWriting(boolean isConnected) {
        writing.add(isConnected);
    }

    @Override
    public void onUnsent(Announcement announcement) {
        unsent.add(announcement);
    }

    @Override
    public void onRoom() {
        room.incrementAndGet();
    }

    @Override
    public void onRefused(DatacenterId peer, String why) {
        if (!why.isEmpty()) {
            refusals.add(why);
        }
    }

    @Override
    public void onTopic(String topic, List<TopicFault> faults) {
        topicFaults.add(faults);
    }
}
