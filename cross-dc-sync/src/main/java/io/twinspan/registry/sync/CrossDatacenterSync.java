package io.twinspan.registry.sync;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.FetchSlotDigest;
import io.twinspan.registry.message.FetchSlotRoots;
import io.twinspan.registry.message.SlotDigest;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.AnnouncementPublisher;
import io.twinspan.registry.sync.announce.LedStart;
import io.twinspan.registry.sync.announce.PeerTable;
import io.twinspan.registry.sync.announce.Pull;
import io.twinspan.registry.sync.announce.Question;
import io.twinspan.registry.sync.announce.Sender;
import io.twinspan.registry.sync.announce.TopicFault;
import io.twinspan.registry.sync.fetch.DatumFetcher;
import io.twinspan.registry.sync.fetch.FetchPacing;
import io.twinspan.registry.sync.fetch.PeerClusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The sync between this datacenter and its peers: one for each data node. All state belongs to the event loop given; what callers
 * and the channel say is handed over to it.
 */
public final class CrossDatacenterSync implements PeerSync, AutoCloseable {
    private record HeldDatum(DatacenterId peer, DataInfoId id) {}

    private final SyncSettings settings;
    private final HybridClock clock;
    private final EventLoop loop;
    private final SyncPorts ports;
    private final OwnSide own;
    private final Map<DatacenterId, PeerSegment> segments = new LinkedHashMap<>();
    private final Map<DatacenterId, PeerVerifier> verifiers = new HashMap<>();
    private final Set<DataInfoId> interest = new HashSet<>();
    private final OwnNews ownNews;
    private final Mailbox<DataInfoId, Boolean> interestChanges;
    private final Mailbox<HeldDatum, Boolean> confirmations;

    /**
     * @param loop owns the state; may be shared
     * @param random spreads retries
     */
    public CrossDatacenterSync(
            SyncSettings settings, HybridClock clock, EventLoop loop, RandomGenerator random, SyncPorts ports) {
        this.settings = settings;
        this.clock = clock;
        this.loop = loop;
        this.ports = ports;
        this.own = new OwnSide(settings, ports, clock, loop);
        this.ownNews = new OwnNews(loop, own::onNews);
        this.interestChanges = new Mailbox<>(loop, (before, now) -> now, this::onInterest);
        this.confirmations = new Mailbox<>(loop, (before, now) -> now, this::onConfirmations);
        FetchPacing pacing = settings.limits().pacing(random);
        settings.peers().forEach(peer -> addPeer(peer, pacing));
    }

    /** Begins to read the peers' announcements. */
    public void start() {
        ports.channel().start(new FromChannel());
        loop.execute(() -> {
            own.start();
            segments.values().forEach(PeerSegment::start);
        });
    }

    @Override
    public void lead(LedStart start) {
        ownNews.lead(start);
    }

    @Override
    public void unlead(SlotId slot) {
        ownNews.unlead(slot);
    }

    @Override
    public void announce(SlotId slot, LeaderEpoch epoch, DigestEntry entry) {
        ownNews.change(slot, epoch, entry);
    }

    @Override
    public CompletionStage<SlotRoots> answer(FetchSlotRoots request) {
        return onLoop(() -> own.answer(request));
    }

    @Override
    public CompletionStage<SlotDigest> answer(FetchSlotDigest request) {
        return onLoop(() -> own.answer(request));
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

    @Override
    public CompletionStage<PeerGap> gap(DatacenterId peer) {
        return onLoop(() -> {
            PeerSegment segment = segments.get(peer);
            if (segment == null) {
                return PeerGap.UNKNOWN;
            }
            PeerStatus status = segment.status();
            return PeerGap.of(segment.table(), ports.foreign(), status.facts(), status.path());
        });
    }

    /**
     * Names of services with addresses at each peer of which less is held here than it has announced, in slots led here; no more than
     * so many of each. Completed on the event loop.
     */
    public CompletionStage<Map<DatacenterId, List<String>>> byVersionOnly(int most) {
        return onLoop(() -> {
            Map<DatacenterId, List<String>> names = new HashMap<>();
            segments.forEach((peer, segment) -> names.put(peer, PeerGap.names(segment.table(), ports.foreign(), most)));
            return names;
        });
    }

    /** How it fares, as of now; completed on the event loop. */
    public CompletionStage<SyncStatus> status() {
        return onLoop(() -> new SyncStatus(
                settings.own(),
                ports.node(),
                own.isWriting(),
                own.problem(),
                own.publisher().led().size(),
                own.publisher().announced(),
                own.publisher().waiting(),
                own.publisher().notTaken(),
                own.publisher().fulls(),
                segments.values().stream().map(PeerSegment::status).toList()));
    }

    /**
     * Compares what is known here of each peer with what that peer says now, at equal places in the order; completed on the event
     * loop, within {@link PeerVerifier#LONGEST}.
     *
     * @param isDeep also with what the peer's data nodes really hold, and with what is held here of the peer
     */
    public CompletionStage<List<Verification>> verify(boolean isDeep) {
        CompletableFuture<List<Verification>> all = new CompletableFuture<>();
        loop.execute(() -> {
            List<Verification> done = Collections.synchronizedList(new ArrayList<>());
            if (verifiers.isEmpty()) {
                all.complete(List.of());
            }
            verifiers
                    .values()
                    .forEach(each -> each.verify(isDeep, verification -> {
                        done.add(verification);
                        if (done.size() == verifiers.size()) {
                            all.complete(List.copyOf(done));
                        }
                    }));
        });
        return all;
    }

    /**
     * What is behind, peer by peer; completed on the event loop.
     *
     * @param most slots and services named of each peer
     */
    public CompletionStage<List<PeerLag>> lag(int most) {
        return onLoop(() -> {
            PeerLag.Reading reading =
                    new PeerLag.Reading(ports.foreign(), interest, loop.nanos(), clock.physicalMillis(), most);
            return segments.values().stream()
                    .map(segment -> reading.of(segment.table()))
                    .toList();
        });
    }

    /** Services of each peer whose emptying is held back. */
    public CompletionStage<Map<DatacenterId, List<DigestEntry>>> held() {
        return onLoop(() -> {
            Map<DatacenterId, List<DigestEntry>> held = new LinkedHashMap<>();
            segments.forEach((peer, segment) -> held.put(peer, segment.table().held()));
            return held;
        });
    }

    /** An operator believes that a peer's services have really become empty: what was held back is let through; how many services. */
    public CompletionStage<Integer> release(DatacenterId peer) {
        return onLoop(() -> {
            PeerSegment segment = segments.get(peer);
            return segment == null ? 0 : segment.release();
        });
    }

    /** Ends all traffic with the peers, and the channel. */
    @Override
    public void close() {
        ports.channel().close();
        loop.execute(() -> {
            own.close();
            segments.values().forEach(PeerSegment::close);
        });
    }

    /** What is known of a peer; for tests, on the loop. */
    PeerTable tableOf(DatacenterId peer) {
        PeerSegment segment = segments.get(peer);
        if (segment == null) {
            throw new IllegalArgumentException(peer + " is no peer");
        }
        return segment.table();
    }

    /** What is said of the own slots; for tests, on the loop. */
    AnnouncementPublisher publisher() {
        return own.publisher();
    }

    private void addPeer(PeerSettings settingsOfPeer, FetchPacing pacing) {
        DatacenterId peer = settingsOfPeer.datacenter();
        PeerClusters clusters = new PeerClusters(peer, settingsOfPeer.metaEndpoints(), ports.peers(), loop, pacing);
        AnnounceLimits limits = settings.limits().announce();
        PeerTable table = new PeerTable(peer, clock, limits.pulls(), loop.nanos());
        DirectPath.Ports toPeer = new DirectPath.Ports(
                clock, loop, ports.peers(), clusters, settings.limits().fetchTimeout());
        segments.put(
                peer,
                new PeerSegment(
                        table,
                        peer,
                        new PeerSegment.Ports(
                                loop,
                                clock,
                                ports.foreign(),
                                Collections.unmodifiableSet(interest),
                                question -> ask(peer, question)),
                        limits,
                        held -> new DatumFetcher(held, clusters, ports.peers(), loop, pacing),
                        taker -> new DirectPath(table, toPeer, taker)));
        verifiers.put(
                peer, new PeerVerifier(peer, table, ports.foreign(), Collections.unmodifiableSet(interest), toPeer));
    }

    private void ask(DatacenterId peer, Question question) {
        Sender sender = new Sender(settings.own(), ports.node(), clock.next());
        // One that is not taken is asked again when no answer comes.
        ports.channel().ask(new Pull(sender, peer, SlotId.COUNT, question.slots(), question.wantsSummary()));
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

    private <T> CompletionStage<T> onLoop(Supplier<T> task) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(task.get());
            } catch (RuntimeException fault) {
                answer.completeExceptionally(fault);
                throw fault;
            }
        });
        return answer;
    }

    /** Brings what the channel tells to the event loop. */
    private final class FromChannel implements AnnouncementListener {
        @Override
        public CompletionStage<Void> onAnnounced(DatacenterId peer, List<Announcement> batch) {
            CompletableFuture<Void> taken = new CompletableFuture<>();
            loop.execute(() -> {
                try {
                    onPeer(peer, segment -> segment.onAnnounced(batch));
                } finally {
                    taken.complete(null);
                }
            });
            return taken;
        }

        @Override
        public void onPull(Pull pull) {
            loop.execute(() -> own.onPull(pull));
        }

        @Override
        public void onUnreadable(DatacenterId peer, int poisoned, int newer) {
            loop.execute(() -> onPeer(peer, segment -> segment.onUnreadable(poisoned, newer)));
        }

        @Override
        public void onInDoubt(DatacenterId peer) {
            loop.execute(() -> onPeer(peer, PeerSegment::onInDoubt));
        }

        @Override
        public void onReading(DatacenterId peer, boolean isConnected) {
            loop.execute(() -> onPeer(peer, segment -> segment.onReading(isConnected)));
        }

        @Override
        public void onBytes(DatacenterId peer, long bytes) {
            loop.execute(() -> onPeer(peer, segment -> segment.onBytes(bytes)));
        }

        @Override
        public void onWriting(boolean isConnected) {
            loop.execute(() -> own.onWriting(isConnected));
        }

        @Override
        public void onTopic(String topic, List<TopicFault> faults) {
            loop.execute(() -> {
                own.onTopic(topic, faults);
                segments.values().forEach(each -> each.hindrances().onOwnTopics(own.problem()));
            });
        }

        @Override
        public void onRefused(DatacenterId peer, String why) {
            loop.execute(() -> onPeer(peer, segment -> segment.hindrances().onRefused(why)));
        }

        @Override
        public void onUnsent(Announcement announcement) {
            loop.execute(own::onUnsent);
        }

        @Override
        public void onRoom() {
            loop.execute(own::onRoom);
        }
    }
}
