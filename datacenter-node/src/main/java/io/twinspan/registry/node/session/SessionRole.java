package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumsChanged;
import io.twinspan.registry.message.FetchPushBacklog;
import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.message.FetchSessionTotals;
import io.twinspan.registry.message.FetchWatchers;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.SessionTotals;
import io.twinspan.registry.message.Watchers;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.node.session.push.Arrivals;
import io.twinspan.registry.node.session.push.ConfigPusher;
import io.twinspan.registry.node.session.push.PushContext;
import io.twinspan.registry.node.session.push.PushGate;
import io.twinspan.registry.node.session.push.PushMetrics;
import io.twinspan.registry.node.session.push.Pusher;
import io.twinspan.registry.node.session.push.ServiceFacts;
import io.twinspan.registry.node.session.push.SubscribedService;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.RequestDispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The session role put together: tables, desks, and their dealings with data nodes, all on one event loop. */
public final class SessionRole implements ClientRequests, AutoCloseable {
    private final SessionSelf self;
    private final SessionContext context;
    private final ClusterView view;
    private final SlotRouter router;
    private final ClientSessions sessions = new ClientSessions();
    private final PublisherTable publishers = new PublisherTable();
    private final ChangeSender sender;
    private final Pusher pusher;
    private final PushSwitchDesk pushSwitch;
    private final ConfigPusher configs;
    private final SegmentFetcher fetcher;
    private final Subscriptions subscriptions;
    private final SessionRenewal renewal;
    private final SupersededOffers offers;
    private final PublisherDesk publisherDesk;
    private final SubscriberDesk subscriberDesk;
    private final OffClients off;
    private final ClientMover mover;
    private final DatacenterMover away;
    private final SegmentAges ages;
    private final PushMetrics pushMetrics = new PushMetrics();
    private final RequestDispatcher dispatcher = new RequestDispatcher();
    private final List<EventLoop.Timer> timers = new ArrayList<>();
    private volatile boolean isRouted;

    /** Sends nothing before {@link #start}. */
    public SessionRole(SessionSelf self, SessionSettings settings, ClusterView view, SessionPorts ports) {
        this.self = self;
        this.context = new SessionContext(
                ports.loop(), ports.clock(), ports.peers(), ports.random(), settings, new SessionMetrics());
        this.view = view;
        this.router = new SlotRouter(ClusterState.unknown(self.member().datacenter()));
        this.sender = new ChangeSender(self.incarnation(), publishers, router, context);
        Arrivals arrivals = new Arrivals();
        PushContext pushContext = new PushContext(
                ports.loop(),
                ports.clock(),
                self.stampByte(),
                ports.random(),
                pushMetrics,
                new PushGate(settings.push().isFirstListGiven()));
        ServiceFacts facts = new ServiceFacts(
                self.member().datacenter(), self.peers(), settings.zone(), settings.ownFirstThreshold());
        this.pusher = new Pusher(pushContext, settings.push(), facts, arrivals, this::onArrival);
        this.pushSwitch = new PushSwitchDesk(pusher, context);
        this.configs = new ConfigPusher(pushContext, settings.push());
        this.fetcher = new SegmentFetcher(self.incarnation(), pusher, arrivals, router, context);
        this.ages = new SegmentAges(self, pusher, router, context);
        this.subscriptions = new Subscriptions(self, pusher, fetcher, router, context);
        this.offers = new SupersededOffers(self.incarnation(), sender, router, context);
        RankedLeaders leaders = new RankedLeaders(router, context, this::onRouted);
        this.renewal = new SessionRenewal(self, sender, subscriptions, leaders, context);
        this.publisherDesk = new PublisherDesk(self, sessions, sender, context);
        this.subscriberDesk = new SubscriberDesk(pusher, configs, subscriptions, context.metrics());
        this.off = new OffClients(sessions, publisherDesk, pusher);
        this.away = new DatacenterMover(self, sessions, publisherDesk, subscriptions, view, context);
        this.mover = new ClientMover(self, sessions, away, router, context);
        dispatcher.on(FetchSessionLoad.class, (question, caller) -> ask(() -> mover.load(question)));
        dispatcher.on(
                FetchSessionTotals.class,
                (question, caller) -> inspection()
                        .counts()
                        .thenApply(counts ->
                                new SessionTotals(counts.publishers(), counts.subscribers(), counts.watchers())));
        dispatcher.on(FetchPushBacklog.class, (question, caller) -> ask(pushSwitch::backlog));
        dispatcher.on(
                FetchWatchers.class, (question, caller) -> ask(() -> new Watchers(configs.states(question.id()))));
        dispatcher.on(DatumsChanged.class, new DatumsChangedHandler(ports.loop(), pusher, fetcher));
    }

    /** Follows the cluster and begins to renew. */
    public void start() {
        view.onChange(state -> context.loop().execute(() -> onCluster(state)));
        context.loop().execute(() -> {
            onCluster(view.current());
            SessionSettings settings = context.settings();
            timers.add(context.loop().scheduleEvery(settings.renewEvery(), () -> {
                renewal.renew();
                offers.offer();
                sender.takeBackAgain();
                subscriptions.askForUnconfirmed();
                pushSwitch.onTime();
            }));
            timers.add(context.loop().scheduleEvery(settings.auditEvery(), subscriptions::audit));
            timers.add(context.loop().scheduleEvery(ConfigPusher.COMPARE_EVERY, configs::pushToLaggards));
            timers.addAll(mover.start());
            timers.add(away.start());
            ConsoleFigures figures = new ConsoleFigures(sessions, publishers, publisherDesk, pusher, configs);
            timers.add(context.loop().scheduleEvery(ConsoleFigures.EVERY, figures::write));
        });
    }

    /** What this role answers. */
    public RequestDispatcher dispatcher() {
        return dispatcher;
    }

    /** From the first word of which data nodes there are, from meta or from this session's disk. */
    @Override
    public boolean isTakingClients() {
        return isRouted;
    }

    @Override
    public void onConnected(ClientConnection connection) {
        context.loop().execute(() -> {
            ClientSession client = sessions.add(connection, context.loop().nanos());
            pusher.open(connection);
            off.onConnected(client);
            mover.onArrival(client);
        });
    }

    @Override
    public CompletionStage<RegistrationAnswer> onRegistration(
            ClientConnection connection, ClientRegistration registration) {
        Stamp arrived = context.clock().next();
        CompletableFuture<RegistrationAnswer> answer = new CompletableFuture<>();
        context.loop().execute(() -> {
            ClientSession client = sessions.find(connection.number()).orElse(null);
            if (client == null) {
                // It has closed meanwhile: nobody hears the answer, and nothing may be registered for it.
                answer.complete(RegistrationAnswer.ACCEPTED);
                return;
            }
            client.setAppName(registration.appName());
            switch (registration.kind()) {
                case PUBLISHER -> answer.complete(publisherDesk.on(client, registration, arrived));
                case SUBSCRIBER -> answer.complete(subscriberDesk.onSubscriber(client, registration));
                case WATCHER -> answer.complete(subscriberDesk.onWatcher(client, registration));
            }
        });
        return answer;
    }

    @Override
    public void onReading(ClientConnection connection) {
        context.loop().execute(() -> pusher.onReading(connection.number()));
    }

    @Override
    public void onDisconnected(ClientConnection connection, RemovalCause cause) {
        context.loop()
                .execute(() -> sessions.remove(connection.number()).ifPresent(client -> {
                    away.onDisconnected(client);
                    publisherDesk.onClosed(client, cause);
                    subscriberDesk.onClosed(client);
                }));
    }

    /** A move to another datacenter is ordered, or is over. May be called on any thread; name that from the disk before {@link #start}. */
    public void onMove(MoveView value) {
        context.loop().execute(() -> away.on(value));
    }

    /** How far that has come here; empty while none is known. May be called on any thread. */
    public Optional<MoveProgress> moveProgress() {
        return away.progress();
    }

    /** The sessions of another datacenter that clients are to be told of in place of those here; mostly none. Any thread. */
    public List<Endpoint> serversElsewhere() {
        return away.servers();
    }

    /** A client was told of those. May be called on any thread. */
    public void onToldElsewhere(String host, String appName) {
        context.loop().execute(() -> away.onListFetched(host, appName));
    }

    /** Policies have changed. May be called on any thread; name those from the disk before {@link #start}. */
    public void onPolicies(PolicyTable policies) {
        context.loop().execute(() -> subscriptions.onPolicies(pusher.onPolicies(policies)));
    }

    /** Other clients are off. May be called on any thread; name those from the disk before {@link #start}. */
    public void onClientsOff(ClientsOff list) {
        context.loop().execute(() -> off.on(list));
    }

    /**
     * The push switch is another one, or has become known. May be called on any thread; name that from the disk before
     * {@link #start}.
     *
     * @return completes when it is obeyed
     */
    public CompletionStage<Void> onPushSwitch(PushSwitch value) {
        return CompletableFuture.runAsync(() -> pushSwitch.on(value), context.loop());
    }

    /** Nobody knows yet whether push is closed, so first lists wait a while. Say it before {@link #start}. */
    public void awaitPushSwitch() {
        context.loop().execute(pushSwitch::await);
    }

    /** Version of the push switch that is obeyed. May be called on any thread. */
    public long obeyedPushVersion() {
        return pushSwitch.obeyed();
    }

    /** True while push is closed for the datacenter as a whole. May be called on any thread. */
    public boolean isPushClosed() {
        return pushSwitch.isClosed();
    }

    /** Provided configuration changed at meta. May be called on any thread. */
    public void onProvided(ProvidedChanges changes) {
        context.loop().execute(() -> changes.values().forEach(configs::onValue));
    }

    /**
     * Takes connections out of the registry, or back in, without closing them: while out, nothing of them is published and they
     * are pushed nothing.
     *
     * @param remoteAddresses {@code ip:port} of clients
     * @return those that are connected here
     */
    public CompletionStage<List<String>> setOff(List<String> remoteAddresses, boolean isOff) {
        return ask(() -> remoteAddresses.stream()
                .filter(address -> sessions.find(address)
                        .map(client -> {
                            off.set(client, isOff);
                            return true;
                        })
                        .orElse(false))
                .toList());
    }

    /** Those of these {@code ip:port} whose address is off in the whole datacenter. */
    CompletionStage<List<String>> offByAddress(List<String> remoteAddresses) {
        return ask(() -> remoteAddresses.stream().filter(off::isListed).toList());
    }

    /**
     * Sends the clients away in waves and takes this session out of the lists given to clients, or takes it back in. Ends with the
     * process.
     *
     * @return the number of connections there are now
     */
    public CompletionStage<Integer> setDraining(boolean isDraining) {
        return ask(() -> {
            mover.setDraining(isDraining);
            return sessions.count();
        });
    }

    /** True while it drains. May be called on any thread. */
    public boolean isDraining() {
        return mover.isDraining();
    }

    /** The sessions that are not to be told to clients because they drain, perhaps this one. May be called on any thread. */
    public Set<NodeId> draining() {
        Set<NodeId> all = new HashSet<>(mover.neighbours().draining());
        if (mover.isDraining()) {
            all.add(self.member().node());
        }
        return all;
    }

    /**
     * An orderly stop begins: clients are sent to other sessions, and nothing they registered is taken away for it. The stage
     * completes after {@code move.stop-within} at the latest.
     */
    public CompletionStage<Void> leave() {
        return ask(mover::leave).thenCompose(gone -> gone);
    }

    /**
     * How long ago each datacenter stood behind its addresses of a service, as the leader of its slot knows; a datacenter of which
     * that is not known is not named.
     */
    public CompletionStage<Map<DatacenterId, Duration>> agesOf(DataInfoId service) {
        return ask(() -> ages.of(service)).thenCompose(asked -> asked);
    }

    /** Counters by metric name. May be called on any thread. */
    public TreeMap<String, Long> metrics() {
        TreeMap<String, Long> all = new TreeMap<>(context.metrics().values());
        all.putAll(pushMetrics.values());
        return all;
    }

    /** What operators may see of this session. */
    public SessionInspection inspection() {
        return new SessionInspection(this::ask, sessions, publishers, pusher, configs);
    }

    /** Stops the timers; connections are their transport's to close. */
    @Override
    public void close() {
        context.loop().execute(() -> timers.forEach(EventLoop.Timer::cancel));
    }

    private void onCluster(ClusterState state) {
        router.onChange(state);
        isRouted |= !state.table().slots().isEmpty();
        onRouted();
    }

    /** Slots are led by others than before. */
    private void onRouted() {
        sender.onNewTable();
        fetcher.onNewTable();
        renewal.onNewTable();
        subscriptions.audit();
    }

    private void onArrival(SubscribedService service) {
        subscriptions.onArrival(service);
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        context.loop().execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }
}
