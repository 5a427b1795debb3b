package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A channel over {@link InMemoryTopics}; delivers on the writer's thread. */
public final class InMemoryAnnouncementChannel implements AnnouncementChannel {
    private final InMemoryTopics topics;
    private final DatacenterId own;
    private final Set<DatacenterId> peers;
    private boolean isFull;
    private @Nullable AnnouncementListener listener;

    InMemoryAnnouncementChannel(InMemoryTopics topics, DatacenterId own, Set<DatacenterId> peers) {
        this.topics = topics;
        this.own = own;
        this.peers = Set.copyOf(peers);
    }

    @Override
    public void start(AnnouncementListener told) {
        listener = told;
        told.onWriting(true);
        peers.forEach(peer -> told.onReading(peer, true));
        topics.join(this);
        peers.forEach(told::onInDoubt);
    }

    /** The channel meets something that a real one would. */
    public void meet(Consumer<AnnouncementListener> what) {
        AnnouncementListener told = listener;
        if (told != null) {
            what.accept(told);
        }
    }

    @Override
    public boolean offer(Announcement announcement) {
        if (isFull) {
            return false;
        }
        topics.write(own, announcement);
        return true;
    }

    @Override
    public boolean ask(Pull pull) {
        topics.ask(pull);
        return true;
    }

    @Override
    public void close() {
        topics.leave(this);
        listener = null;
    }

    /** Takes nothing more, as with a broker that has been away for long, or takes again. */
    public void setFull(boolean hasNoRoom) {
        isFull = hasNoRoom;
        if (!hasNoRoom && listener != null) {
            listener.onRoom();
        }
    }

    void deliver(DatacenterId topic, List<Announcement> batch) {
        if (listener != null && peers.contains(topic)) {
            listener.onAnnounced(topic, batch);
        }
    }

    void deliver(Pull pull) {
        if (listener != null && own.equals(pull.asked())) {
            listener.onPull(pull);
        }
    }
}
