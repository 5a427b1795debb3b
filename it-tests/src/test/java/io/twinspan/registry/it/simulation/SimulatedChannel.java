package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementChannel;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Pull;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One node's way to the topics, which waits in both directions while the topics are away, and is looked at by the checkers. */
final class SimulatedChannel implements AnnouncementChannel {
    private final SimulatedWorld world;
    private final DatacenterId own;
    private final AnnouncementChannel way;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean isClosed;
    private @Nullable Announcement heard;

    SimulatedChannel(SimulatedWorld world, DatacenterId own, AnnouncementChannel way) {
        this.world = world;
        this.own = own;
        this.way = way;
        world.outages().add(this::goOn);
    }

    @Override
    public void start(AnnouncementListener listener) {
        way.start(new AnnouncementListener() {
            @Override
            public CompletionStage<Void> onAnnounced(DatacenterId peer, List<Announcement> batch) {
                CompletableFuture<Void> taken = new CompletableFuture<>();
                pass(() -> {
                    batch.forEach(each -> heard = each);
                    listener.onAnnounced(peer, batch).thenRun(() -> taken.complete(null));
                });
                return taken;
            }

            @Override
            public void onPull(Pull pull) {
                pass(() -> listener.onPull(pull));
            }

            @Override
            public void onUnreadable(DatacenterId peer, int poisoned, int newer) {
                listener.onUnreadable(peer, poisoned, newer);
            }

            @Override
            public void onInDoubt(DatacenterId peer) {
                pass(() -> listener.onInDoubt(peer));
            }

            @Override
            public void onReading(DatacenterId peer, boolean isConnected) {
                listener.onReading(peer, isConnected);
            }

            @Override
            public void onBytes(DatacenterId peer, long bytes) {
                listener.onBytes(peer, bytes);
            }

            @Override
            public void onWriting(boolean isConnected) {
                listener.onWriting(isConnected);
            }

            @Override
            public void onUnsent(Announcement announcement) {
                listener.onUnsent(announcement);
            }

            @Override
            public void onRoom() {
                listener.onRoom();
            }
        });
    }

    @Override
    public boolean offer(Announcement announcement) {
        Announcement sent = world.tampering().announcement(announcement, heard);
        world.checks().onAnnounced(own, sent);
        pass(() -> way.offer(sent));
        return true;
    }

    @Override
    public boolean ask(Pull pull) {
        pass(() -> way.ask(pull));
        return true;
    }

    @Override
    public void close() {
        isClosed = true;
        waiting.clear();
        way.close();
    }

    private void pass(Runnable step) {
        if (world.outages().isOut()) {
            waiting.addLast(step);
        } else {
            step.run();
        }
    }

    private void goOn() {
        while (!waiting.isEmpty() && !isClosed) {
            waiting.removeFirst().run();
        }
    }
}
