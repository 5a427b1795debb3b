package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.announce.AnnouncementChannel;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Changed;
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
    private @Nullable Changed heard;

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
            public CompletionStage<Void> onChanged(DatacenterId peer, List<Changed> batch) {
                CompletableFuture<Void> taken = new CompletableFuture<>();
                pass(() -> {
                    batch.forEach(each -> heard = each);
                    listener.onChanged(peer, batch).thenRun(() -> taken.complete(null));
                });
                return taken;
            }

            @Override
            public void onUnreadable(DatacenterId peer, int records) {
                listener.onUnreadable(peer, records);
            }

            @Override
            public void onCaughtUp(DatacenterId peer) {
                pass(() -> listener.onCaughtUp(peer));
            }

            @Override
            public void onReading(DatacenterId peer, boolean isConnected) {
                listener.onReading(peer, isConnected);
            }

            @Override
            public void onWriting(boolean isConnected) {
                listener.onWriting(isConnected);
            }

            @Override
            public void onUnsent(Changed announcement) {
                listener.onUnsent(announcement);
            }

            @Override
            public void onRoom() {
                listener.onRoom();
            }
        });
    }

    @Override
    public boolean offer(Changed announcement) {
        Changed sent = world.tampering().announcement(announcement, heard);
        world.checks().onAnnounced(own, sent);
        pass(() -> way.offer(sent));
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
