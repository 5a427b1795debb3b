package io.twinspan.registry.sync;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.message.FetchSlotDigest;
import io.twinspan.registry.message.FetchSlotRoots;
import io.twinspan.registry.message.SlotDigest;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.AnnouncementPublisher;
import io.twinspan.registry.sync.announce.MergeWindow;
import io.twinspan.registry.sync.announce.Pull;
import io.twinspan.registry.sync.announce.Summary;
import io.twinspan.registry.sync.announce.TopicFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The own datacenter's part of the sync: what is told of the slots led here, and when. Belongs to the event loop of the sync. */
final class OwnSide {
    private static final Duration WHOLE_PAUSE = Duration.ofSeconds(1);

    private final NodeId node;
    private final EventLoop loop;
    private final AnnounceLimits limits;
    private final AnnouncementPublisher publisher;
    private final MergeWindow window;
    private final Map<String, List<TopicFault>> topicFaults = new TreeMap<>();
    private boolean isFlushPlanned;
    private boolean isWholePlanned;
    private boolean isWriting;
    private boolean isClosed;
    private long earliestFlush;
    private long lastFlush;

    OwnSide(SyncSettings settings, SyncPorts ports, HybridClock clock, EventLoop loop) {
        this.node = ports.node();
        this.loop = loop;
        this.limits = settings.limits().announce();
        this.publisher = new AnnouncementPublisher(
                settings.own(),
                ports.node(),
                clock,
                ports.channel(),
                limits.publisher(settings.limits().announceBatch()));
        this.window = new MergeWindow(settings.limits().mergeWindow(), limits.mergeMost());
        this.earliestFlush = loop.nanos();
        this.lastFlush = loop.nanos();
    }

    void start() {
        loop.schedule(limits.summaryEvery(), this::summarize);
    }

    void close() {
        isClosed = true;
    }

    AnnouncementPublisher publisher() {
        return publisher;
    }

    boolean isWriting() {
        return isWriting;
    }

    void onTopic(String topic, List<TopicFault> faults) {
        topicFaults.put(topic, faults);
    }

    /** Why own topics cannot be used, in one line; empty when they can. */
    String problem() {
        return topicFaults.values().stream()
                .flatMap(List::stream)
                .map(TopicFault::sentence)
                .collect(Collectors.joining("; "));
    }

    void onNews(List<OwnNews.OfSlot> news) {
        for (OwnNews.OfSlot slot : news) {
            if (slot.isLost()) {
                publisher.unlead(slot.slot());
            }
            if (slot.start() != null) {
                publisher.lead(slot.start(), loop.nanos());
            }
            slot.changes().forEach(each -> publisher.add(each.slot(), each.epoch(), each.entry()));
        }
        sayWhole();
        planFlush();
    }

    void onWriting(boolean canWrite) {
        isWriting = canWrite;
        if (canWrite) {
            // What was said while it could not be written may be lost.
            publisher.wantWhole();
            sayWhole();
        }
    }

    /** Something that was taken could not be sent: whoever reads is told what there is. */
    void onUnsent() {
        publisher.wantWhole();
        sayWhole();
    }

    void onRoom() {
        publisher.onRoom();
    }

    void onPull(Pull pull) {
        publisher.onPull(pull, loop.nanos());
        sayWhole();
    }

    SlotRoots answer(FetchSlotRoots request) {
        if (request.slotCount() != SlotId.COUNT) {
            return new SlotRoots(node, SlotId.COUNT, List.of(), List.of());
        }
        Summary whole = publisher.whole();
        return new SlotRoots(
                node,
                SlotId.COUNT,
                whole.slots(),
                request.places().stream()
                        .flatMap(each -> publisher.rootAt(each.slot(), each.order()).stream())
                        .toList());
    }

    SlotDigest answer(FetchSlotDigest request) {
        return publisher
                .part(request.slot(), request.place(), request.part(), loop.nanos())
                .map(part -> new SlotDigest(node, part.frozen(), part.chunk(), part.chunks(), part.entries()))
                .orElseGet(() -> SlotDigest.unknown(node));
    }

    private void planFlush() {
        if (isFlushPlanned || publisher.waiting() == 0) {
            return;
        }
        long wait = earliestFlush - loop.nanos();
        if (wait <= 0) {
            flush();
        } else {
            isFlushPlanned = true;
            loop.schedule(Duration.ofNanos(wait), () -> {
                isFlushPlanned = false;
                flush();
            });
        }
    }

    private void flush() {
        if (isClosed) {
            return;
        }
        long now = loop.nanos();
        int entries = publisher.flush(now);
        earliestFlush = now + window.next(entries, now - lastFlush);
        lastFlush = now;
    }

    private void sayWhole() {
        publisher.summarizeIfDue(loop.nanos());
        if (publisher.isWholeDue() && !isWholePlanned) {
            isWholePlanned = true;
            loop.schedule(WHOLE_PAUSE, () -> {
                isWholePlanned = false;
                if (!isClosed) {
                    sayWhole();
                }
            });
        }
    }

    private void summarize() {
        if (!isClosed) {
            publisher.summarize(loop.nanos());
            loop.schedule(limits.summaryEvery(), this::summarize);
        }
    }
}
