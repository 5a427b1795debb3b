package io.twinspan.registry.sync;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementInbox;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.AnnouncementPublisher;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.announce.OwnChange;
import io.twinspan.registry.sync.announce.Pull;
import io.twinspan.registry.sync.fetch.DatumFetcher;
import io.twinspan.registry.sync.fetch.FetchPacing;
import io.twinspan.registry.sync.fetch.PeerClusters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The sync between this datacenter and its peers: one for each data node. All state belongs to the event loop given; what callers
 * and the channel say is handed over to it.
 */
public final class CrossDatacenterSync implements PeerSync, AutoCloseable {
    private record HeldDatum(DatacenterId peer, DataInfoId id) {}

    private final SyncSettings settings;
    private final EventLoop loop;
    private final SyncPorts ports;
    private final AnnouncementPublisher publisher;
    private final Map<DatacenterId, PeerSegment> segments = new LinkedHashMap<>();
    private final Set<DataInfoId> interest = new HashSet<>();
    private final Mailbox<DataInfoId, OwnChange> ownChanges;
    private final Mailbox<DataInfoId, Boolean> interestChanges;
    private final Mailbox<HeldDatum, Boolean> confirmations;
    private boolean isFlushPlanned;
    private boolean isWriting;
    private long earliestFlush;

    /**
     * @param loop owns the state; may be shared
     * @param random spreads retries
     */
    public CrossDatacenterSync(
            SyncSettings settings, HybridClock clock, EventLoop loop, RandomGenerator random, SyncPorts ports) {
        this.settings = settings;
        this.loop = loop;
        this.ports = ports;
        SyncLimits limits = settings.limits();
        this.publisher =
                new AnnouncementPublisher(settings.own(), ports.node(), clock, ports.channel(), limits.announceBatch());
        this.ownChanges = new Mailbox<>(loop, OwnChange::newer, this::onOwnChanges);
        this.interestChanges = new Mailbox<>(loop, (before, now) -> now, this::onInterest);
        this.confirmations = new Mailbox<>(loop, (before, now) -> now, this::onConfirmations);
        this.earliestFlush = loop.nanos();
        FetchPacing pacing = limits.pacing(random);
        for (PeerSettings peer : settings.peers()) {
            PeerClusters clusters =
                    new PeerClusters(peer.datacenter(), peer.metaEndpoints(), ports.peers(), loop, pacing);
            segments.put(
                    peer.datacenter(),
                    new PeerSegment(
                            peer.datacenter(),
                            new AnnouncementInbox(peer.datacenter(), clock),
                            ports.foreign(),
                            interest::contains,
                            held -> new DatumFetcher(held, clusters, ports.peers(), loop, pacing)));
        }
    }

    /** Begins to read the peers' announcements. */
    public void start() {
        ports.channel().start(new FromChannel());
    }

    @Override
    public void announce(SlotId slot, LeaderEpoch epoch, DigestEntry entry) {
        ownChanges.put(entry.id(), new OwnChange(slot, epoch, entry));
    }

    @Override
    public void interest(DataInfoId id, boolean isWanted) {
        interestChanges.put(id, isWanted);
    }

    @Override
    public void confirm(DatacenterId peer, DataInfoId id) {
        // Asked here and not on the loop: what is only being fetched now will be confirmed by its very arrival.
        if (!ports.foreign().held(peer, id).equals(DatumVersion.NONE)) {
            confirmations.put(new HeldDatum(peer, id), true);
        }
    }

    @Override
    public void replan() {
        loop.execute(() -> segments.values().forEach(PeerSegment::replan));
    }

    /** How it fares, as of now; completed on the event loop. */
    public CompletionStage<SyncStatus> status() {
        CompletableFuture<SyncStatus> status = new CompletableFuture<>();
        loop.execute(() -> status.complete(new SyncStatus(
                settings.own(),
                isWriting,
                publisher.announced(),
                publisher.waiting(),
                segments.values().stream().map(PeerSegment::status).toList())));
        return status;
    }

    /** Ends all traffic with the peers, and the channel. */
    @Override
    public void close() {
        ports.channel().close();
        loop.execute(() -> segments.values().forEach(PeerSegment::close));
    }

    private void onOwnChanges(Map<DataInfoId, OwnChange> changes) {
        changes.values().forEach(publisher::add);
        planFlush(Duration.ZERO);
    }

    private void planFlush(Duration least) {
        if (isFlushPlanned) {
            return;
        }
        long wait = Math.max(least.toNanos(), earliestFlush - loop.nanos());
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
        Incarnation incarnation = ports.incarnation().get();
        if (incarnation.equals(Incarnation.NONE)) {
            planFlush(settings.limits().retryMin());
            return;
        }
        earliestFlush = loop.nanos() + settings.limits().mergeWindow().toNanos();
        // What finds no room goes when the channel says that there is some again.
        publisher.flush(incarnation);
    }

    private void onInterest(Map<DataInfoId, Boolean> changes) {
        List<DataInfoId> opened = new ArrayList<>();
        List<DataInfoId> ended = new ArrayList<>();
        changes.forEach((id, isWanted) -> {
            if (isWanted && interest.add(id)) {
                opened.add(id);
            } else if (!isWanted && interest.remove(id)) {
                ended.add(id);
            }
        });
        segments.values().forEach(segment -> segment.onInterest(opened, ended));
    }

    private void onConfirmations(Map<HeldDatum, Boolean> asked) {
        Map<DatacenterId, List<DataInfoId>> byPeer = new HashMap<>();
        for (HeldDatum datum : asked.keySet()) {
            byPeer.computeIfAbsent(datum.peer(), peer -> new ArrayList<>()).add(datum.id());
        }
        byPeer.forEach((peer, ids) -> onPeer(peer, segment -> segment.confirm(ids)));
    }

    private void onPeer(DatacenterId peer, Consumer<PeerSegment> action) {
        PeerSegment segment = segments.get(peer);
        if (segment != null) {
            action.accept(segment);
        }
    }

    /** Brings what the channel tells to the event loop. */
    private final class FromChannel implements AnnouncementListener {
        @Override
        public CompletionStage<Void> onAnnounced(DatacenterId peer, List<Announcement> batch) {
            CompletableFuture<Void> taken = new CompletableFuture<>();
            loop.execute(() -> {
                try {
                    onPeer(
                            peer,
                            segment -> segment.onChanged(batch.stream()
                                    .filter(Changed.class::isInstance)
                                    .map(Changed.class::cast)
                                    .toList()));
                } finally {
                    taken.complete(null);
                }
            });
            return taken;
        }

        @Override
        public void onPull(Pull pull) {
            // Answered once there are whole digests.
        }

        @Override
        public void onUnreadable(DatacenterId peer, int poisoned, int newer) {
            loop.execute(() -> onPeer(peer, segment -> segment.onUnreadable(poisoned + newer)));
        }

        @Override
        public void onInDoubt(DatacenterId peer) {
            loop.execute(() -> onPeer(peer, PeerSegment::onCaughtUp));
        }

        @Override
        public void onReading(DatacenterId peer, boolean isConnected) {
            loop.execute(() -> onPeer(peer, segment -> segment.onReading(isConnected)));
        }

        @Override
        public void onWriting(boolean isConnected) {
            loop.execute(() -> isWriting = isConnected);
        }

        @Override
        public void onUnsent(Announcement announcement) {
            if (announcement instanceof Changed changed) {
                loop.execute(() -> {
                    publisher.addAgain(changed);
                    planFlush(settings.limits().retryMin());
                });
            }
        }

        @Override
        public void onRoom() {
            loop.execute(() -> planFlush(Duration.ZERO));
        }
    }
}
