package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.DropInterest;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.FetchSlotContent;
import io.twinspan.registry.message.FetchSlotDigest;
import io.twinspan.registry.message.FetchSlotRoots;
import io.twinspan.registry.message.LeadByRank;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.message.RenewSession;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.message.SyncInterest;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.message.UpdateReplicas;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.RequestDispatcher;
import io.twinspan.registry.runtime.RequestHandler;
import io.twinspan.registry.sync.ForeignDatums;
import io.twinspan.registry.sync.PeerSync;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The data role of one node. Everything mutable runs on its event loop; requests are handed over to it and answered from it. Use:
 * construct, {@link #connect} when there are peers, {@link #start}, {@link #close}; then the owner of the store closes that.
 */
public final class DataRole implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration CLEANING = Duration.ofSeconds(10);
    private static final Duration MOVING = Duration.ofSeconds(1);

    /** Own entries dropped because their client lives in a peer now. */
    static final String MOVED_OVER = "twinspan.data.publishers.moved.over";

    /** Live entries that a peer lists, too. */
    static final String LISTED_TWICE = "twinspan.data.publishers.listed.twice";

    private final DataPorts ports;
    private final EventLoop loop;
    private final DataCounts counts = new DataCounts();
    private final SessionTable sessions;
    private final RoleEffects effects;
    private final LedSlots slots;
    private final QuarantineDesk quarantine;
    private final OwnPause ownPause;
    private final FetchedDatums foreign;
    private final ForeignIndex index;
    private final MovedOver movedOver;
    private final MovingWatch moving;
    private final RequestDispatcher dispatcher = new RequestDispatcher();
    private final List<EventLoop.Timer> timers = new ArrayList<>();
    private boolean isClosed;
    private volatile List<SlotReport> slotReports = List.of();

    /**
     * Wires the role; nothing runs yet.
     *
     * @param self this node in its data role
     */
    public DataRole(Member self, DataSettings settings, DataPorts ports) {
        this.ports = ports;
        this.loop = ports.loop();
        this.sessions = new SessionTable(ports.peers(), loop, settings, counts);
        ForeignIndex index = new ForeignIndex();
        this.effects = new RoleEffects(ports.store(), sessions, index, loop);
        LedSlot.Surroundings around = new LedSlot.Surroundings(self.datacenter(), ports.clock(), settings, effects);
        this.slots = new LedSlots(self.node(), ports.store(), around, index, new LedSlots.Ports(loop, ports.peers()));
        this.quarantine = new QuarantineDesk(slots, ports.clock(), settings.quarantine(), loop.nanos());
        this.ownPause = new OwnPause(settings.replication(), loop.nanos());
        effects.replicate(slots.replication()::onChange, slots.replication()::isFollowed);
        DataState state = new DataState(self, slots, sessions, quarantine, ports.cluster(), ownPause, loop);
        MovingEntries entries = new MovingEntries();
        this.index = index;
        this.movedOver = new MovedOver(state, entries);
        this.moving = new MovingWatch(state, ports.clock(), movedOver);
        this.foreign = new FetchedDatums(loop, slots, index, movedOver);
        answer(state, settings, entries);
    }

    /** Where what is fetched from peers goes. */
    public ForeignDatums foreignDatums() {
        return foreign;
    }

    /** Names the side that talks to peers; before {@link #start}, not at all in a datacenter without peers. */
    public void connect(PeerSync sync) {
        effects.connect(sync);
        dispatcher.on(FetchSlotRoots.class, (request, caller) -> sync.answer(request));
        dispatcher.on(FetchSlotDigest.class, (request, caller) -> sync.answer(request));
    }

    /**
     * Names the way to see whether a session node is connected; before {@link #start}. Without one, nobody is taken to be.
     *
     * @param isConnected asked on the loop
     */
    public void watch(Predicate<NodeId> isConnected) {
        sessions.watch(isConnected);
    }

    /** What operators have decided about peers from now on; any thread. */
    public void decide(PolicyTable decided) {
        foreign.decide(decided);
        effects.replan();
        loop.execute(() -> slots.decide(decided));
    }

    /** Whether this datacenter stands by, and so fetches what nobody has asked for, and which are down; any thread. */
    public void onDuties(boolean isStandby, Set<DatacenterId> areDown) {
        foreign.standBy(isStandby);
        effects.replan();
        loop.execute(() -> slots.takeOut(areDown));
    }

    /** Clients are to move to or from another datacenter, or no longer; any thread. */
    public void onMove(MoveView view) {
        loop.execute(() -> {
            moving.on(view);
            followMove();
        });
    }

    /** How far that has come in the slots led here; empty while none is known. Any thread. */
    public Optional<MoveProgress> moveProgress() {
        return moving.progress();
    }

    /** What is counted, by metric names; any thread. */
    public Map<String, Long> figures() {
        return Map.of(
                MOVED_OVER, movedOver.dropped(),
                LISTED_TWICE, movedOver.listedTwice());
    }

    /** What is counted of dealings with sessions; any thread. */
    DataCounts counts() {
        return counts;
    }

    /** Follows the cluster from now on, and loads the slots that it gives to this node. */
    public void start() {
        ports.cluster().onChange(state -> loop.execute(this::follow));
        loop.execute(() -> {
            ownPause.start(loop.nanos());
            follow();
            timers.add(loop.scheduleEvery(TICK, this::tick));
            timers.add(loop.scheduleEvery(CLEANING, this::clean));
            timers.add(loop.scheduleEvery(MOVING, this::followMove));
        });
    }

    /** What this role answers. */
    public RequestDispatcher dispatcher() {
        return dispatcher;
    }

    /** How this node is. */
    public CompletionStage<DataReport> report() {
        return onLoop(this::currentReport);
    }

    /** How the slots are that this node leads, as of its last look; any thread. */
    public List<SlotReport> slotReports() {
        return slotReports;
    }

    /** False while the clock is so wrong that no slot is taken on; any thread. */
    public boolean isFitToLead() {
        return ports.clock().isFitToLead();
    }

    /** What the clients at these addresses ({@code ip:port}) have published, by address. */
    public CompletionStage<Map<String, Map<DataInfoId, List<Publisher>>>> publishedBy(List<String> clients) {
        return onLoop(() -> {
            Map<String, Map<DataInfoId, List<Publisher>>> found = new HashMap<>();
            clients.forEach(client -> found.put(client, new HashMap<>()));
            for (Datum datum : slots.ownDatums()) {
                for (Publisher publisher : datum.publishers()) {
                    Map<DataInfoId, List<Publisher>> services = found.get(publisher.client());
                    if (services != null) {
                        services.computeIfAbsent(datum.id(), ignored -> new ArrayList<>())
                                .add(publisher);
                    }
                }
            }
            return found;
        });
    }

    /** What is held although its removal was asked for. */
    public CompletionStage<List<QuarantineReport>> quarantined() {
        return onLoop(quarantine::report);
    }

    /** Lets held removals happen now; returns how many publishers went from how many services. */
    public CompletionStage<QuarantineChange> releaseQuarantined(QuarantineChoice choice) {
        return onLoop(() -> quarantine.release(choice, loop.nanos()));
    }

    /** Keeps what is held until its client or an operator acts; returns how many publishers of how many services are new to that. */
    public CompletionStage<QuarantineChange> confirmQuarantined(QuarantineChoice choice) {
        return onLoop(() -> quarantine.confirm(choice, loop.nanos()));
    }

    /** Stops, and returns when what was taken is in the store. */
    @Override
    public void close() {
        loop.execute(() -> {
            isClosed = true;
            timers.forEach(EventLoop.Timer::cancel);
            sessions.close();
        });
        ports.store().flush();
    }

    private void answer(DataState state, DataSettings settings, MovingEntries entries) {
        on(ApplyChanges.class, new ApplyChangesHandler(state, entries, movedOver)::handle);
        on(FetchDatums.class, new FetchDatumsHandler(state, settings.foreign())::handle);
        on(RenewSession.class, new RenewSessionHandler(state)::handle);
        on(SyncPublishers.class, new SyncPublishersHandler(state)::handle);
        on(SyncInterest.class, new SyncInterestHandler(state)::handle);
        on(DropInterest.class, new DropInterestHandler(state)::handle);
        on(RaiseVersion.class, new RaiseVersionHandler(state)::handle);
        on(FetchSlotContent.class, new FetchSlotContentHandler(state)::handle);
        on(LeadByRank.class, new LeadByRankHandler(state)::handle);
        on(UpdateReplicas.class, new UpdateReplicasHandler(state, ports.store())::handle);
    }

    private <Q extends Request<R>, R> void on(Class<Q> type, BiFunction<Q, Caller, R> handler) {
        RequestHandler<Q, R> onLoop = (request, caller) -> onLoop(() -> handler.apply(request, caller));
        dispatcher.on(type, onLoop);
    }

    private <R> CompletionStage<R> onLoop(Supplier<R> task) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(task.get());
            } catch (IllegalArgumentException refused) {
                answer.completeExceptionally(refused);
            } catch (RuntimeException fault) {
                answer.completeExceptionally(fault);
                throw fault;
            }
        });
        return answer;
    }

    private void follow() {
        if (!isClosed) {
            slots.follow(ports.cluster().current());
            slotReports = slots.reports();
            if (index.lead(slots.ids())) {
                effects.replan();
            }
        }
    }

    /** What is held of the counterpart, and how far the move has come. */
    private void followMove() {
        DatacenterId counterpart = moving.counterpart().orElse(null);
        if (foreign.moveWith(counterpart)) {
            effects.replan();
        }
        if (counterpart != null) {
            moving.review();
            effects.gap(counterpart).thenAccept(gap -> loop.execute(() -> moving.onGap(gap)));
        }
    }

    private void tick() {
        follow();
        slots.onTick();
        ownPause.onTick(loop.nanos());
        if (ownPause.isJustOver(loop.nanos())) {
            return;
        }
        ClusterView view = ports.cluster();
        Set<SessionIncarnation> over = Set.copyOf(sessions.onTick(view.current(), view.isHeard()));
        for (SessionIncarnation session : over) {
            for (LedSlot slot : slots.all()) {
                for (DataInfoId service : slot.interest().servicesOf(session)) {
                    slot.interest().drop(session, service);
                    slot.foreign().onInterest(service, loop.nanos());
                }
            }
        }
        if (!over.isEmpty()) {
            Map<LedSlot, Set<SessionIncarnation>> leaving = new LinkedHashMap<>();
            slots.all().forEach(slot -> leaving.put(slot, over));
            QuarantineDesk.Parted parted = quarantine.part(leaving, RemovalCause.SESSION_LEASE_OVER, loop.nanos());
            counts.removed(RemovalCause.SESSION_LEASE_OVER, parted);
            ExpiryLog.sessionsOver(over, parted);
        }
        counts.quarantineOver.add(quarantine.onTick(loop.nanos()));
    }

    private void clean() {
        ClusterView view = ports.cluster();
        movedOver.review();
        moving.review();
        boolean isToJudge = view.isHeard() && !ownPause.isJustOver(loop.nanos());
        Map<LedSlot, Set<SessionIncarnation>> missing = new LinkedHashMap<>();
        for (LedSlot slot : slots.all()) {
            slot.clean();
            slot.foreign().forgetEmptied(slot.id());
            slot.foreign().saveWords(slot.id());
            slot.foreign().tellHidden();
            if (isToJudge && slot.isUnconfirmedTimeOver(loop.nanos())) {
                // One that has spoken to us is looked after by its lease.
                missing.put(
                        slot,
                        slot.sums().sessions().stream()
                                .filter(session -> !sessions.isKnown(session))
                                .filter(session -> sessions.isOver(session, view.current()))
                                .collect(Collectors.toSet()));
            }
        }
        QuarantineDesk.Parted parted = quarantine.part(missing, RemovalCause.UNCONFIRMED, loop.nanos());
        counts.removed(RemovalCause.UNCONFIRMED, parted);
        if (parted.removed() + parted.held() > 0) {
            ExpiryLog.neverCameBack(parted);
        }
    }

    private DataReport currentReport() {
        DataReport.Count own = DataReport.Count.NONE;
        Map<DatacenterId, DataReport.Count> peers = new HashMap<>();
        Map<DatacenterId, Integer> stale = new HashMap<>();
        Map<DatacenterId, Integer> outdated = new HashMap<>();
        int settled = 0;
        for (LedSlot slot : slots.all()) {
            settled += slot.state() == SlotState.SETTLED ? 1 : 0;
            for (Datum datum : slot.ownDatums()) {
                own = own.plus(datum.count());
            }
            for (DatumKey key : slot.foreign().held()) {
                stale.merge(key.datacenter(), slot.foreign().isFresh(key) ? 0 : 1, Integer::sum);
                outdated.merge(key.datacenter(), slot.foreign().outdated(key), Integer::sum);
                int count = slot.foreign().find(key).map(Datum::count).orElse(0);
                peers.merge(key.datacenter(), DataReport.Count.NONE.plus(count), DataReport.Count::plus);
            }
        }
        return new DataReport(
                slots.isWorking(),
                slots.assigned(),
                slots.all().size(),
                settled,
                own,
                peers,
                stale,
                outdated,
                ports.store().status());
    }
}
