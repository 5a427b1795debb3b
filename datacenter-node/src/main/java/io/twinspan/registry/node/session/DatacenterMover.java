package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.node.session.crowd.AwaySettings;
import io.twinspan.registry.node.session.crowd.MovedClients;
import io.twinspan.registry.node.session.push.Pusher;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.subscription.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the clients to another datacenter while an order says so and the target stands behind it: each as soon as it has been given
 * the target's sessions, or when it must have been; in waves of a second, and none twice for one run. While there is an order,
 * subscribers are shown both datacenters. Belongs to the session's event loop, except where it says otherwise.
 */
final class DatacenterMover {
    private static final Logger LOG = LoggerFactory.getLogger(DatacenterMover.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Who has not come over by then is not waited for by the next: it may have stopped. */
    private static final Duration COMES_OVER_WITHIN = Duration.ofSeconds(10);

    /** So many registrations a session takes at once. */
    private static final int LEAST_ON_THE_WAY = 1_000;

    private final DatacenterId own;
    private final ClientSessions sessions;
    private final PublisherDesk publishers;
    private final Pusher pusher;
    private final Subscriptions subscriptions;
    private final ClusterView cluster;
    private final EventLoop loop;
    private final HybridClock clock;
    private final AwaySettings settings;
    private final SessionMetrics metrics;
    private MoveView view = MoveView.NONE;
    private @Nullable DatacenterId shownBesides;
    private MovedClients closed;
    private MovedClients closedAnywhere;
    private MovedClients fetched;
    private long committedNanos;
    private long toldNanos;
    private int atStart;
    private int registeredAtStart;
    private int closedCount;
    private volatile List<Endpoint> servers = List.of();
    private volatile @Nullable MoveProgress progress;

    DatacenterMover(
            SessionSelf self,
            ClientSessions sessions,
            PublisherDesk publishers,
            Subscriptions subscriptions,
            ClusterView cluster,
            SessionContext context) {
        this.own = self.member().datacenter();
        this.sessions = sessions;
        this.publishers = publishers;
        this.subscriptions = subscriptions;
        this.pusher = subscriptions.pusher();
        this.cluster = cluster;
        this.loop = context.loop();
        this.clock = context.clock();
        this.settings = context.settings().away();
        this.metrics = context.metrics();
        this.closed = marks();
        this.closedAnywhere = closed;
        this.fetched = marks();
    }

    /** What the sessions of the datacenter tell one another of clients that were sent away, by whatever rule. */
    void share(MovedClients told) {
        closedAnywhere = told;
    }

    Pusher pusher() {
        return pusher;
    }

    /** Looks every second what is to be done; the timer is the caller's to cancel. */
    EventLoop.Timer start() {
        return loop.scheduleEvery(EVERY, this::onTick);
    }

    /** What meta says now. */
    void on(MoveView next) {
        MoveOrder known = view.order();
        MoveOrder order = next.order();
        boolean isOtherRun = order != null && (known == null || !known.isSameRun(order));
        if (isOtherRun) {
            closed = marks();
            fetched = marks();
            closedCount = 0;
        }
        if (order != null && order.isCommitted() && (isOtherRun || known == null || !known.isCommitted())) {
            committedNanos = loop.nanos();
            atStart = sessions.count();
            registeredAtStart = publishers.registrations();
        }
        if (order != null && !order.equals(known)) {
            LOG.info(
                    "move run={} epoch={} source={} target={} stage={} connections={}",
                    order.run(),
                    order.epoch(),
                    order.source(),
                    order.target(),
                    order.stage().word(),
                    sessions.count());
        }
        view = next;
        List<Endpoint> before = servers;
        servers = isSending() ? next.servers() : List.of();
        if (before.isEmpty() && !servers.isEmpty()) {
            // Whoever asked while the target was not heard was told of us, and would come back.
            toldNanos = loop.nanos();
        }
        show();
        report();
    }

    /** The target's sessions, which clients are told of in place of ours; empty for ours. Any thread. */
    List<Endpoint> servers() {
        return servers;
    }

    /** How far the move has come here; empty while none is known. Any thread. */
    Optional<MoveProgress> progress() {
        return Optional.ofNullable(progress);
    }

    /** Somebody was given the target's sessions. */
    void onListFetched(String host, String appName) {
        MoveOrder order = view.order();
        if (order != null && isSending()) {
            fetched.onMoved(List.of(mark(order, host, appName)), loop.nanos());
        }
    }

    /**
     * A client's connection has ended. What lies between has heard where clients are to be and ends the streams of this datacenter by
     * itself; its end cannot be told from that of a client which stops, and a list must not lose one that lives.
     */
    void onDisconnected(ClientSession client) {
        MoveOrder order = view.order();
        if (order != null
                && isSending()
                && !servers.isEmpty()
                && client.connection().isForwarded()
                && !client.isLeaving()) {
            noteSent(order, client);
            client.onLedAway();
        }
    }

    /** Who was given the target's sessions, here and as far as others have told. */
    MovedClients fetched() {
        return fetched;
    }

    /** True while clients are sent away from here. */
    boolean isSending() {
        MoveOrder order = view.order();
        return order != null
                && order.isCommitted()
                && view.isGranted()
                && order.source().equals(own);
    }

    private void onTick() {
        show();
        MoveOrder order = view.order();
        if (order != null && isSending() && cluster.isHeard() && !isWayFull()) {
            wave(order);
        }
        report();
    }

    private void show() {
        MoveOrder order = view.order();
        DatacenterId next = order == null
                ? null
                : order.shownBesides(own, clock.physicalMillis()).orElse(null);
        if (next == null ? shownBesides != null : !next.equals(shownBesides)) {
            shownBesides = next;
            subscriptions.onPolicies(pusher.onMovingWith(next));
        }
    }

    /** None goes while about a wave's registrations are on their way: the target is slower than we are, and who goes now would wait. */
    private boolean isWayFull() {
        int most = Math.max(LEAST_ON_THE_WAY, settings.wave(registeredAtStart));
        return publishers.awaited(COMES_OVER_WITHIN) > most;
    }

    private void wave(MoveOrder order) {
        Map<Long, Integer> sharing = new HashMap<>();
        sessions.all().forEach(client -> sharing.merge(mark(order, client), 1, Integer::sum));
        List<ClientSession> chosen = new ArrayList<>();
        int most = settings.wave(Math.max(atStart, sessions.count()));
        for (ClientSession client : sessions.all()) {
            if (chosen.size() == most) {
                break;
            }
            if (!client.isLeaving() && mayGo(client, order, sharing)) {
                chosen.add(client);
            }
        }
        chosen.forEach(client -> send(order, client));
    }

    private boolean mayGo(ClientSession client, MoveOrder order, Map<Long, Integer> sharing) {
        long mark = mark(order, client);
        // Several of one application on one machine cannot be told apart by the list that one of them fetched.
        boolean isTold = sharing.getOrDefault(mark, 0) == 1 && fetched.isKnown(List.of(mark));
        long told = loop.nanos() - Math.max(toldNanos, client.sinceNanos());
        if (servers.isEmpty() || (!isTold && told < settings.listWithin().toNanos())) {
            return false;
        }
        List<Long> registrations = registrations(order, client);
        // Who has registered nothing cannot be told from one that was sent away before, unless it never left.
        return registrations.isEmpty()
                ? client.sinceNanos() - committedNanos < 0
                : (!closed.isKnown(registrations) && !closedAnywhere.isKnown(registrations));
    }

    private void send(MoveOrder order, ClientSession client) {
        noteSent(order, client);
        client.moveAway();
    }

    private void noteSent(MoveOrder order, ClientSession client) {
        List<Long> registrations = registrations(order, client);
        closed.onMoved(registrations, loop.nanos());
        closedAnywhere.onMoved(registrations, loop.nanos());
        closedCount++;
        metrics.movedAway.increment();
    }

    /** Marks of another run are others. */
    private List<Long> registrations(MoveOrder order, ClientSession client) {
        Stream<String> publishers =
                client.publishers().stream().map(PublisherKey::id).map(RegistrationId::value);
        Stream<String> subscribers =
                pusher.subscribers(client.connection().number()).stream().map(Subscriber::registId);
        return Stream.concat(publishers, subscribers)
                .map(id -> MovedClients.mark(order.run() + ' ' + id))
                .toList();
    }

    private static long mark(MoveOrder order, ClientSession client) {
        String address = client.connection().remoteAddress();
        int port = address.lastIndexOf(':');
        return mark(order, port < 0 ? address : address.substring(0, port), client.appName());
    }

    private static long mark(MoveOrder order, String host, String appName) {
        return MovedClients.mark(order.run() + ' ' + host + ' ' + appName);
    }

    private void report() {
        MoveOrder order = view.order();
        progress = order == null
                ? null
                : MoveProgress.ofSession(
                        order.run(),
                        order.source().equals(own) ? sessions.count() : 0,
                        closedCount,
                        publishers.awaited());
    }

    private MovedClients marks() {
        return new MovedClients(Duration.ofDays(1), settings.mostRemembered());
    }
}
