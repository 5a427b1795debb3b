package io.twinspan.registry.sync;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.FetchSlotContent;
import io.twinspan.registry.message.FetchSlotDigest;
import io.twinspan.registry.message.FetchSlotRoots;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SlotContent;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import io.twinspan.registry.sync.announce.Announcements;
import io.twinspan.registry.sync.announce.LedStart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Two datacenters of two data nodes each, on manual time, with what their leaders really hold. */
final class TwoSides {
    static final DatacenterId EAST = new DatacenterId("east");
    static final DatacenterId WEST = new DatacenterId("west");
    static final int NODES = 2;
    private static final Duration USUAL_ANSWER = Duration.ofMillis(2);

    final SteppedLoop loop = new SteppedLoop();
    final FaultyTopics topics;
    final Map<DatacenterId, Side> sides = new TreeMap<>();
    final Random random;
    private Predicate<Request<?>> isRefused = request -> false;
    private boolean isFlapping;
    private Duration answersAfter = USUAL_ANSWER;

    TwoSides(long seed) {
        this(seed, true);
    }

    /** @param isBrokerThere before anything else is */
    TwoSides(long seed, boolean isBrokerThere) {
        random = new Random(seed);
        topics = new FaultyTopics(loop, random);
        topics.setDown(!isBrokerThere);
        for (DatacenterId each : List.of(EAST, WEST)) {
            sides.put(each, new Side(each));
        }
        sides.values().forEach(Side::start);
    }

    Side side(DatacenterId datacenter) {
        return sides.getOrDefault(datacenter, new Side(datacenter));
    }

    /** Nobody reaches the other datacenter directly. */
    void setCut(boolean isUnreachable) {
        isRefused = request -> isUnreachable;
    }

    /** Nobody answers requests of this kind from the other datacenter. */
    void refuse(Class<? extends Request<?>> kind) {
        isRefused = kind::isInstance;
    }

    /** Every answer from the other datacenter takes so long. */
    void setAnswersAfter(Duration time) {
        answersAfter = time;
    }

    /** Both ways to the other datacenter come and go. */
    void flap(Duration down, Duration up) {
        isFlapping = true;
        toggle(down, up, true);
    }

    void endFlapping() {
        isFlapping = false;
        topics.setDown(false);
        setCut(false);
    }

    private void toggle(Duration time, Duration next, boolean isAway) {
        if (isFlapping) {
            topics.setDown(isAway);
            setCut(isAway);
            loop.schedule(time, () -> toggle(next, time, !isAway));
        }
    }

    void setAnswersAsUsual() {
        setAnswersAfter(USUAL_ANSWER);
    }

    void pass(Duration time) {
        loop.advance(time);
    }

    static DatacenterId other(DatacenterId datacenter) {
        return datacenter.equals(EAST) ? WEST : EAST;
    }

    /** One datacenter: what is true there, who leads, and the sync of each of its nodes. */
    final class Side implements PeerClient {
        final DatacenterId name;
        final Map<DataInfoId, DigestEntry> truth = new HashMap<>();
        final List<CrossDatacenterSync> syncs = new ArrayList<>();
        final List<HybridClock> clocks = new ArrayList<>();
        /** What each node holds of the other side; outlives the node's process. */
        final List<HeldDatums> held = new ArrayList<>();

        /** Everything that was ever true of a service here. */
        final Map<DataInfoId, Map<DatumVersion, DigestEntry>> history = new HashMap<>();

        final Set<DataInfoId> wanted = new LinkedHashSet<>();
        private final int[] leaders = new int[SlotId.COUNT];
        private final long[] epochs = new long[SlotId.COUNT];
        private Incarnation incarnation = new Incarnation(Announcements.CREATED, 7);
        private long table = 1;
        private long lastVersion = Announcements.CREATED;
        private boolean isSettled = true;
        private int lives = 1;

        Side(DatacenterId name) {
            this.name = name;
            for (int slot = 0; slot < SlotId.COUNT; slot++) {
                leaders[slot] = slot % NODES;
                epochs[slot] = 1;
            }
        }

        void start() {
            for (int node = 0; node < NODES; node++) {
                clocks.add(new HybridClock(() -> Instant.ofEpochMilli(Announcements.CREATED), loop::nanos));
                held.add(new HeldDatums());
                syncs.add(startNode(node));
            }
            for (int slot = 0; slot < SlotId.COUNT; slot++) {
                lead(slot);
            }
        }

        /** What one of its nodes knows of the other side. */
        List<DigestEntry> known(int node) {
            return syncs.get(node).tableOf(other(name)).all().stream()
                    .filter(entry -> entry.count() > 0)
                    .toList();
        }

        /** Somebody in this datacenter looks for this service, at each of its nodes. */
        void want(DataInfoId id) {
            wanted.add(id);
            syncs.forEach(sync -> sync.interest(id, true));
        }

        /** Whether it ever was so here; without publishers also before the first, and in a life on empty disks. */
        boolean wasTrue(Datum datum) {
            Map<DatumVersion, DigestEntry> all = history.getOrDefault(datum.id(), Map.of());
            if (datum.count() > 0) {
                DigestEntry then = all.get(datum.version());
                return then != null && then.count() == datum.count();
            }
            boolean isBeforeFirst = all.keySet().stream().allMatch(each -> each.isAfter(datum.version()));
            return isBeforeFirst || lives > 1 || all.values().stream().anyMatch(entry -> entry.count() == 0);
        }

        List<DigestEntry> listed() {
            return truth.values().stream().filter(entry -> entry.count() > 0).toList();
        }

        PeerStatus status(int node) {
            var status = syncs.get(node).status().toCompletableFuture();
            loop.run();
            return status.join().peers().get(0);
        }

        void change(DataInfoId id, int count) {
            announce(new DigestEntry(id, mint(), count, count == 0 ? 0 : random.nextInt()));
        }

        private void announce(DigestEntry entry) {
            truth.put(entry.id(), entry);
            history.computeIfAbsent(entry.id(), none -> new HashMap<>()).put(entry.version(), entry);
            SlotId slot = SlotId.of(entry.id());
            syncs.get(leaders[slot.number()]).announce(slot, epoch(slot.number()), entry);
        }

        /** A datum whose version a clock minted that is ahead. */
        void changeAhead(DataInfoId id, Duration ahead) {
            long millis = loop.nanos() / 1_000_000 + ahead.toMillis();
            announce(new DigestEntry(id, Announcements.version(millis), 1, random.nextInt()));
        }

        /** The content of a datum is another one, and nothing says so. */
        void flip(DataInfoId id) {
            truth.computeIfPresent(
                    id,
                    (same, entry) -> new DigestEntry(same, entry.version(), entry.count(), entry.contentHash() + 1));
        }

        void moveLeader(int slot) {
            syncs.get(leaders[slot]).unlead(new SlotId(slot));
            leaders[slot] = (leaders[slot] + 1) % NODES;
            epochs[slot]++;
            table++;
            lead(slot);
        }

        /** The process ends and begins anew; it leads what it led, under the same epochs. */
        void restart(int node) {
            syncs.get(node).close();
            loop.run();
            syncs.set(node, startNode(node));
            wanted.forEach(id -> syncs.get(node).interest(id, true));
            for (int slot = 0; slot < SlotId.COUNT; slot++) {
                if (leaders[slot] == node) {
                    lead(slot);
                }
            }
        }

        /** A new life on empty disks: nothing is settled until {@link #settle}. */
        void rebuild() {
            incarnation = new Incarnation(incarnation.createdMillis() + loop.nanos() / 1_000_000 + 1, 8);
            truth.clear();
            lives++;
            isSettled = false;
            table = 1;
            for (int slot = 0; slot < SlotId.COUNT; slot++) {
                epochs[slot] = 1;
                for (CrossDatacenterSync sync : syncs) {
                    sync.unlead(new SlotId(slot));
                }
            }
        }

        void settle() {
            isSettled = true;
            for (int slot = 0; slot < SlotId.COUNT; slot++) {
                lead(slot);
            }
        }

        private CrossDatacenterSync startNode(int node) {
            DatacenterId peer = other(name);
            SyncSettings settings = new SyncSettings(
                    name,
                    "kafka:9092",
                    List.of(new PeerSettings(peer, "kafka:9092", List.of(new Endpoint(peer.name() + "-meta", 1)))),
                    SyncLimits.standard());
            CrossDatacenterSync sync = new CrossDatacenterSync(
                    settings,
                    clocks.get(node),
                    loop,
                    new Random(random.nextLong()),
                    new SyncPorts(id(node), held.get(node), this, topics.channel(name)));
            sync.start();
            return sync;
        }

        private void lead(int slot) {
            SlotId id = new SlotId(slot);
            List<DigestEntry> entries = truth.values().stream()
                    .filter(entry -> SlotId.of(entry.id()).equals(id))
                    .toList();
            syncs.get(leaders[slot]).lead(new LedStart(id, new Leadership(incarnation, epoch(slot)), mint(), entries));
        }

        private LeaderEpoch epoch(int slot) {
            return new LeaderEpoch(epochs[slot] * LeaderEpoch.RANKS);
        }

        private DatumVersion mint() {
            lastVersion = Math.max(lastVersion + 1, Announcements.CREATED + loop.nanos() / 1_000_000);
            return Announcements.version(lastVersion - Announcements.CREATED);
        }

        private NodeId id(int node) {
            return new NodeId(name + "-" + node);
        }

        @Override
        @SuppressWarnings("unchecked") // each request gets its own kind of answer
        public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
            CompletableFuture<R> answer = new CompletableFuture<>();
            Side there = side(other(name));
            boolean isHeard = !topics.isDeaf(name) && !topics.isDeaf(there.name);
            if (!isHeard || answersAfter.compareTo(timeout) > 0) {
                loop.schedule(timeout, () -> answer.completeExceptionally(new PeerException(to + " is silent")));
                return answer;
            }
            loop.schedule(answersAfter, () -> {
                if (isRefused.test(request)) {
                    answer.completeExceptionally(new PeerException(to + " is not there"));
                } else if (request instanceof FetchCluster) {
                    answer.complete((R) there.cluster());
                } else if (request instanceof FetchSlotRoots roots) {
                    there.at(to).answer(roots).thenAccept(each -> answer.complete((R) there.asCounted(each)));
                } else if (request instanceof FetchSlotDigest digest) {
                    there.at(to).answer(digest).thenAccept(each -> answer.complete((R) each));
                } else if (request instanceof FetchSlotContent content) {
                    answer.complete((R) there.content(content));
                } else if (request instanceof FetchDatums fetch) {
                    answer.complete((R) there.datums(to, fetch));
                } else {
                    answer.completeExceptionally(new PeerException(to + " does not answer that"));
                }
            });
            return answer;
        }

        private CrossDatacenterSync at(Endpoint node) {
            return syncs.get(node.port() - 1);
        }

        private SlotRoots asCounted(SlotRoots roots) {
            return new SlotRoots(roots.node(), topics.slotCount(name), roots.now(), roots.earlier());
        }

        private DatumAnswers datums(Endpoint asked, FetchDatums fetch) {
            return new DatumAnswers(fetch.queries().stream()
                    .map(query -> datum(asked.port() - 1, query))
                    .toList());
        }

        private DatumAnswer datum(int node, DatumQuery query) {
            int slot = SlotId.of(query.id()).number();
            if (leaders[slot] != node) {
                return DatumAnswer.notLeader(name, query.id());
            }
            if (!isSettled) {
                return DatumAnswer.warming(name, query.id());
            }
            DigestEntry entry = truth.get(query.id());
            DatumVersion version = entry == null ? mint() : entry.version();
            List<Publisher> publishers = IntStream.range(0, entry == null ? 0 : entry.count())
                    .mapToObj(number -> ListeningWest.publisher("p" + number))
                    .toList();
            return DatumAnswer.of(Datum.of(name, query.id(), version, publishers, List.of()), query.known(), true)
                    .by(new DatumAnswer.Word(new Leadership(incarnation, epoch(slot)), 0));
        }

        private SlotContent content(FetchSlotContent request) {
            return new SlotContent(
                    true,
                    listed().stream()
                            .filter(entry -> SlotId.of(entry.id()).equals(request.slot()))
                            .toList(),
                    false);
        }

        private ClusterState cluster() {
            List<Member> members = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                members.add(new Member(
                        id(node),
                        name,
                        NodeRole.DATA,
                        Map.of(NodePort.DATA_FOR_DATA, new Endpoint(name.name(), node + 1)),
                        1));
            }
            List<Slot> slots = new ArrayList<>();
            for (int slot = 0; slot < SlotId.COUNT; slot++) {
                slots.add(new Slot(new SlotId(slot), epoch(slot), List.of(id(leaders[slot]))));
            }
            return new ClusterState(name, new SlotTable(new SlotTableEpoch(incarnation, table), slots), 1, members);
        }
    }
}
