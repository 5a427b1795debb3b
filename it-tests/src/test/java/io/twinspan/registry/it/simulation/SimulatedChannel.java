package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementChannel;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Pull;
import io.twinspan.registry.sync.announce.Summary;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One node's way to the topics, with the behaviour of the channel over Kafka: a bounded queue in front of the own broker, one reader
 * for each peer's announcements and one for the questions to this datacenter; looked at by the checkers.
 */
final class SimulatedChannel implements AnnouncementChannel {
    /** Most announcements that wait for the broker; fewer than in production, so that it is reached. */
    private static final int QUEUE = 300;

    /** What waits longer is given up. */
    private static final Duration DELIVERY = Duration.ofSeconds(10);

    private record Waiting(Announcement announcement, long untilNanos) {}

    private final SimulatedWorld world;
    private final DatacenterId own;
    private final EventLoop loop;
    private final SimulatedBroker broker;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<SimulatedReader<?>> readers = new ArrayList<>();
    private final List<Runnable> lookers = new ArrayList<>();
    private @Nullable AnnouncementListener listener;
    private @Nullable Announcement heard;
    private boolean isWriting;
    private boolean isRefusing;
    private boolean isSending;
    private boolean isClosed;

    /** @param loop the channel's threads: they stop and end with the process */
    SimulatedChannel(SimulatedWorld world, DatacenterId own, EventLoop loop) {
        this.world = world;
        this.own = own;
        this.loop = loop;
        this.broker = world.straits().broker(own);
    }

    @Override
    public void start(AnnouncementListener told) {
        AnnouncementListener tampered = world.tampering().listener(told);
        listener = tampered;
        for (DatacenterId peer : world.peersOf(own)) {
            read(peer, new FromPeer(peer, tampered));
        }
        add(own, new SimulatedReader<>(broker.pulls(), way(own), loop, new FromPulls(pull -> onPull(tampered, pull))));
        Runnable looking = () -> loop.execute(this::write);
        broker.onWay(looking);
        lookers.add(() -> broker.leave(looking));
        write();
    }

    @Override
    public boolean offer(Announcement announcement) {
        Announcement sent = world.tampering().announcement(announcement, heard);
        world.checks().onAnnounced(own, sent);
        if (waiting.size() >= QUEUE) {
            isRefusing = true;
            return false;
        }
        waiting.addLast(new Waiting(sent, loop.nanos() + DELIVERY.toNanos()));
        write();
        return true;
    }

    @Override
    public boolean ask(Pull pull) {
        DatacenterId to = pull.asked();
        loop.schedule(world.straits().delay(own, to), () -> {
            if (world.straits().reaches(own, to)
                    && !world.straits().broker(to).pulls().isMissing()) {
                world.straits().broker(to).write(pull);
            }
        });
        return true;
    }

    @Override
    public void close() {
        isClosed = true;
        waiting.clear();
        readers.forEach(SimulatedReader::close);
        lookers.forEach(Runnable::run);
    }

    private void onPull(AnnouncementListener to, Pull pull) {
        boolean isOther = world.farFaults().isOtherSlotCount(pull.sender().datacenter(), own);
        to.onPull(
                isOther
                        ? new Pull(pull.sender(), pull.asked(), SlotId.COUNT / 2, pull.slots(), pull.wantsSummary())
                        : pull);
    }

    private void read(DatacenterId peer, SimulatedReader.Taker<Announcement> taker) {
        add(peer, new SimulatedReader<>(world.straits().broker(peer).announcements(), way(peer), loop, taker));
    }

    private void add(DatacenterId at, SimulatedReader<?> reader) {
        Runnable looking = () -> loop.execute(reader::look);
        SimulatedBroker theirs = world.straits().broker(at);
        theirs.onWay(looking);
        lookers.add(() -> theirs.leave(looking));
        readers.add(reader);
        reader.look();
    }

    private SimulatedReader.Way way(DatacenterId to) {
        return new SimulatedReader.Way(
                () -> world.straits().reaches(own, to), () -> world.straits().delay(own, to));
    }

    private boolean isOpen() {
        return !broker.isDown() && !broker.announcements().isMissing();
    }

    /** Brings what waits to the broker, one after the other; comes back when it could not. */
    private void write() {
        AnnouncementListener told = listener;
        if (isClosed || told == null) {
            return;
        }
        if (isOpen() != isWriting) {
            if (!isWriting) {
                isWriting = true;
                told.onWriting(true);
            } else {
                loop.schedule(SimulatedReader.NOTICED, () -> noticeLoss(told));
            }
        }
        if (!isOpen()) {
            giveUp(told);
        } else if (!isSending && !waiting.isEmpty()) {
            isSending = true;
            loop.schedule(broker.delay(), () -> {
                isSending = false;
                send(told);
            });
        }
    }

    private void send(AnnouncementListener told) {
        while (!isClosed && isOpen() && !waiting.isEmpty()) {
            broker.write(waiting.removeFirst().announcement());
        }
        if (isRefusing && waiting.size() < QUEUE) {
            isRefusing = false;
            told.onRoom();
        }
        write();
    }

    private void giveUp(AnnouncementListener told) {
        while (!waiting.isEmpty() && waiting.getFirst().untilNanos() <= loop.nanos()) {
            told.onUnsent(waiting.removeFirst().announcement());
        }
        if (!waiting.isEmpty() && !isSending) {
            isSending = true;
            loop.schedule(SimulatedReader.NOTICED, () -> {
                isSending = false;
                write();
            });
        }
    }

    private void noticeLoss(AnnouncementListener told) {
        if (isWriting && !isOpen()) {
            isWriting = false;
            told.onWriting(false);
        }
    }

    /** What a peer announces. */
    private final class FromPeer implements SimulatedReader.Taker<Announcement> {
        private final DatacenterId peer;
        private final AnnouncementListener told;

        FromPeer(DatacenterId peer, AnnouncementListener told) {
            this.peer = peer;
            this.told = told;
        }

        @Override
        public void onUp(boolean canRead) {
            told.onReading(peer, canRead);
        }

        @Override
        public void onPositioned() {
            told.onInDoubt(peer);
        }

        @Override
        public CompletionStage<Void> take(List<Announcement> batch) {
            heard = batch.get(batch.size() - 1);
            told.onBytes(peer, batch.size());
            return told.onAnnounced(peer, batch.stream().map(this::seen).toList());
        }

        @Override
        public void onUnreadable(int poisoned, int newer) {
            told.onUnreadable(peer, poisoned, newer);
        }

        private Announcement seen(Announcement said) {
            return said instanceof Summary all && world.farFaults().isOtherSlotCount(peer, own)
                    ? new Summary(
                            all.sender(),
                            SlotId.COUNT / 2,
                            all.slots(),
                            all.isWhole(),
                            all.ledSlots(),
                            all.rootOfRoots())
                    : said;
        }
    }

    /** What the peers ask. */
    private record FromPulls(java.util.function.Consumer<Pull> taker) implements SimulatedReader.Taker<Pull> {
        @Override
        public void onUp(boolean canRead) {}

        @Override
        public void onPositioned() {}

        @Override
        public CompletionStage<Void> take(List<Pull> batch) {
            batch.forEach(taker);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onUnreadable(int poisoned, int newer) {}
    }
}
