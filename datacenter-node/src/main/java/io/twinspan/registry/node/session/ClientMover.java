package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.node.session.crowd.MoveSettings;
import io.twinspan.registry.node.session.crowd.MovedClients;
import io.twinspan.registry.node.session.crowd.Rebalancing;
import io.twinspan.registry.node.session.push.Pusher;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.subscription.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends clients to other sessions by closing their connections, the oldest first, in waves of a second: all of them while the
 * session drains, the surplus while it holds more than its share. A surplus client that has been sent away before, from here or
 * elsewhere, stays, and so does one that comes back to a session that drains. Belongs to the session's event loop, except where it
 * says otherwise.
 */
final class ClientMover {
    private static final Logger LOG = LoggerFactory.getLogger(ClientMover.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int STOP_WAVES = 10;

    private final long incarnation;
    private final ClientSessions sessions;
    private final Pusher pusher;
    private final MovedClients moved;
    private final Neighbours neighbours;
    private final EventLoop loop;
    private final MoveSettings settings;
    private final SessionMetrics metrics;
    private final DatacenterMover away;
    private final Rebalancing rebalancing;
    private final Set<Long> sentByDrain = new HashSet<>();
    private long drainingFrom;
    private int atStart;
    private boolean isStopping;
    private volatile boolean isDraining;

    ClientMover(
            SessionSelf self,
            ClientSessions sessions,
            DatacenterMover away,
            SlotRouter router,
            SessionContext context) {
        this.incarnation = self.member().incarnation();
        this.sessions = sessions;
        this.away = away;
        this.pusher = away.pusher();
        this.loop = context.loop();
        this.settings = context.settings().move();
        this.metrics = context.metrics();
        this.moved = new MovedClients(settings);
        away.share(moved);
        this.neighbours = new Neighbours(self, router, moved, away::fetched, context);
        this.rebalancing = new Rebalancing(settings);
    }

    /** Begins to ask the others and to send away; the timers are the caller's to cancel. */
    List<EventLoop.Timer> start() {
        return List.of(
                loop.scheduleEvery(settings.exchangeEvery(), neighbours::ask), loop.scheduleEvery(EVERY, this::wave));
    }

    Neighbours neighbours() {
        return neighbours;
    }

    /** True while clients are sent away and none is told of this session; any thread. */
    boolean isDraining() {
        return isDraining;
    }

    void setDraining(boolean draining) {
        if (isDraining == draining) {
            return;
        }
        isDraining = draining;
        drainingFrom = loop.nanos() + settings.listRefresh().toNanos();
        sentByDrain.clear();
        atStart = staying();
        LOG.info("draining={} connections={}", draining, atStart);
    }

    /** A node that stops takes nobody any more; closed at once, a client goes on to the next of its list. */
    void onArrival(ClientSession client) {
        if (isStopping) {
            client.leave();
        }
    }

    /** What another session is told. */
    SessionLoad load(FetchSessionLoad question) {
        boolean isKnown = question.incarnation() == incarnation;
        MovedClients.News news = moved.since(isKnown ? question.movedSince() : 0);
        MovedClients fetched = away.fetched();
        // The numbers begin anew with each run.
        boolean isOfThisRun = isKnown && question.fetchedSince() <= fetched.upTo();
        MovedClients.News lists = fetched.since(isOfThisRun ? question.fetchedSince() : 0);
        return new SessionLoad(
                incarnation, staying(), isDraining, news.upTo(), news.marks(), lists.upTo(), lists.marks());
    }

    /**
     * An orderly stop: all clients go, in ten waves within the time that is set, and nothing they registered is taken away. The
     * stage completes when they are gone or the time is over; at once when there is no other session for them.
     */
    CompletionStage<Void> leave() {
        setDraining(true);
        isStopping = true;
        CompletableFuture<Void> gone = new CompletableFuture<>();
        if (sessions.count() == 0 || !neighbours.hasRefuge()) {
            abandon();
            gone.complete(null);
            return gone;
        }
        int wave = (sessions.count() + STOP_WAVES - 1) / STOP_WAVES;
        Duration pause = settings.stopWithin().dividedBy(STOP_WAVES);
        stopWave(wave, pause, loop.nanos() + settings.stopWithin().toNanos(), gone);
        return gone;
    }

    private void stopWave(int wave, Duration pause, long until, CompletableFuture<Void> gone) {
        sessions.all().stream()
                .filter(client -> !client.isLeaving())
                .limit(wave)
                .toList()
                .forEach(this::move);
        if (sessions.count() == 0 || loop.nanos() - until >= 0) {
            abandon();
            gone.complete(null);
            return;
        }
        loop.schedule(pause, () -> stopWave(wave, pause, until, gone));
    }

    /** What is still connected when the process stops is not taken away either: its lease ends it, or the client elsewhere. */
    private void abandon() {
        sessions.all().forEach(ClientSession::leave);
    }

    private void wave() {
        moved.forget(loop.nanos());
        if (isDraining) {
            if (loop.nanos() - drainingFrom >= 0 && neighbours.hasRefuge()) {
                send(settings.wave(atStart));
            }
            return;
        }
        if (away.isSending()) {
            return;
        }
        neighbours
                .loads()
                .map(loads -> rebalancing.closings(staying(), loads))
                .filter(closings -> closings > 0)
                .ifPresent(this::send);
    }

    private void send(int most) {
        List<ClientSession> chosen = new ArrayList<>();
        for (ClientSession client : sessions.all()) {
            if (chosen.size() == most) {
                break;
            }
            if (mayBeSent(client)) {
                chosen.add(client);
            }
        }
        chosen.forEach(this::move);
    }

    private boolean mayBeSent(ClientSession client) {
        if (client.isLeaving()) {
            return false;
        }
        List<Long> marks = marks(client);
        // Who has registered nothing cannot be told from one that was sent away a second ago.
        boolean isSettled = !marks.isEmpty()
                && loop.nanos() - client.sinceNanos() >= settings.stay().toNanos();
        if (isDraining) {
            // Who comes back has no other address. Who was sent here by another session goes all the same.
            boolean wasHere = client.sinceNanos() - drainingFrom < 0;
            return (wasHere || isSettled) && marks.stream().noneMatch(sentByDrain::contains);
        }
        return isSettled && !moved.isKnown(marks);
    }

    private void move(ClientSession client) {
        List<Long> marks = marks(client);
        moved.onMoved(marks, loop.nanos());
        if (isDraining) {
            sentByDrain.addAll(MovedClients.remembered(marks));
        }
        metrics.moved.increment();
        client.leave();
    }

    private int staying() {
        return (int)
                sessions.all().stream().filter(client -> !client.isLeaving()).count();
    }

    private List<Long> marks(ClientSession client) {
        Stream<String> publishers =
                client.publishers().stream().map(PublisherKey::id).map(RegistrationId::value);
        Stream<String> subscribers =
                pusher.subscribers(client.connection().number()).stream().map(Subscriber::registId);
        return Stream.concat(publishers, subscribers).map(MovedClients::mark).toList();
    }
}
