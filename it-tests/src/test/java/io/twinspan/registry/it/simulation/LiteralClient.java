package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.session.ClientRegistration;
import io.twinspan.registry.node.session.RegistrationAnswer;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * An application on an official client (WIRE §1.2): one connection, one registration in flight with a second to be answered, and
 * after every connect everything again under the same ids and versions.
 */
final class LiteralClient {
    /** A session has brought what it has taken to the data nodes by then. */
    private static final Duration BROUGHT = Duration.ofSeconds(2);

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final SimulatedWorld world;
    private final String name;
    private final Random random;
    private final ManualEventLoop agenda;
    private final List<Publication> publications = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Set<DatacenterId> visited = new HashSet<>();
    private DatacenterId datacenter;
    private @Nullable SimulatedEdge edge;
    private @Nullable SimulatedNode triedInVain;
    private boolean isStopped;
    private boolean mayEndBeHeld;
    private long strandedUntil;
    private long closedNanos;
    private long movedNanos;
    private boolean isWaiting;
    private long attempt;

    LiteralClient(SimulatedWorld world, DatacenterId datacenter, String name) {
        this.world = world;
        this.datacenter = datacenter;
        visited.add(datacenter);
        this.name = name;
        this.random = world.seed().random(name);
        this.agenda = new ManualEventLoop(world.time());
        agenda.execute(this::connect);
    }

    /** True when it is, or ever was, a client of that datacenter. */
    boolean hasVisited(DatacenterId other) {
        return visited.contains(other);
    }

    /** True when it was a client of another datacenter before. */
    boolean hasMoved() {
        return visited.size() > 1;
    }

    /** When it last went to another datacenter. */
    long movedNanos() {
        return movedNanos;
    }

    String name() {
        return name;
    }

    DatacenterId datacenter() {
        return datacenter;
    }

    boolean isStopped() {
        return isStopped;
    }

    /** When the last session that it left, without its being broken, knows of that. */
    long knownGoneNanos() {
        return closedNanos;
    }

    /** Its session closes the connection, so that it goes to another; or, when it has stopped, gives up one that is idle. */
    void onEndMayBeHeld() {
        mayEndBeHeld = true;
    }

    /**
     * True when what its connection left behind may be held: it was sent away, or stopped with a connection that was given up, and has
     * not come to any session since, or only just. What a session has not brought to the data nodes when the connection closes it
     * drops, and then the registration is still that of the session which closed.
     */
    boolean mayEndBeHeld() {
        return mayEndBeHeld;
    }

    boolean isConnected() {
        return edge != null;
    }

    /** Where it is connected. */
    Optional<SimulatedNode> session() {
        return Optional.ofNullable(edge).map(SimulatedEdge::node);
    }

    List<Publication> publications() {
        return publications;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    Publication publish(DataInfoId service) {
        Publication made = new Publication(this, service, name + "-p" + publications.size(), now());
        publications.add(made);
        world.onPublication(made);
        work();
        return made;
    }

    void republish(Publication publication) {
        publication.republish(now());
        work();
    }

    void unregister(Publication publication) {
        publication.unregister(now());
        work();
    }

    /** Takes back and offers again, with that long between. */
    void unregisterAndReturn(Publication publication, Duration pause) {
        unregister(publication);
        agenda.schedule(pause, () -> {
            if (!isStopped) {
                publication.comeBack(now());
                work();
            }
        });
    }

    Subscription subscribe(DataInfoId service, Scope scope) {
        Subscription made = new Subscription(this, service, name + "-s" + subscriptions.size(), scope);
        subscriptions.add(made);
        work();
        return made;
    }

    /** It reaches no session for a while once its connection is lost; it and what it publishes live on. */
    void strand(Duration time) {
        strandedUntil = now() + time.toNanos();
    }

    boolean isStranded() {
        return now() < strandedUntil;
    }

    /** True when it is connected to this node. */
    boolean isAt(SimulatedNode node) {
        return edge != null && edge.node() == node;
    }

    /** The process ends; its socket tells the session. */
    void stop() {
        isStopped = true;
        leave(Duration.ZERO);
    }

    /**
     * Drops its connection and connects to any session anew.
     *
     * @param late how much later the session hears of it than it would
     */
    void reconnect(Duration late, Duration pause) {
        if (edge != null) {
            leave(late);
            agenda.schedule(pause, this::connect);
        }
    }

    /** As {@link #reconnect}, to a session of another datacenter. */
    void move(DatacenterId other, Duration late, Duration pause) {
        if (edge != null) {
            reconnect(late, pause);
            datacenter = other;
            visited.add(other);
            movedNanos = now();
        }
    }

    /** It was given a list of that datacenter's sessions: where it connects the next time. */
    void isGiven(DatacenterId listed) {
        if (!listed.equals(datacenter)) {
            datacenter = listed;
            visited.add(listed);
            movedNanos = now();
        }
    }

    void onConnectionLost(SimulatedEdge lost, boolean isServersFault) {
        if (edge == lost) {
            edge = null;
            forgetAnswers(isServersFault);
            connectSoon();
        }
    }

    void onPush(SegmentPush push) {
        for (Subscription each : subscriptions) {
            if (push.registIds().contains(each.registId())) {
                SortedSet<String> before = each.shown();
                List<Long> since = before.stream().map(each::shownSince).toList();
                each.onPush(push, now());
                world.checks().onShown(each, before, since);
            }
        }
    }

    private void leave(Duration late) {
        SimulatedEdge left = edge;
        edge = null;
        closedNanos = Math.max(closedNanos, now() + late.toNanos());
        if (left != null) {
            left.closeAtClient(late);
        }
        forgetAnswers(false);
    }

    private void forgetAnswers(boolean isServersFault) {
        isWaiting = false;
        attempt++;
        publications.forEach(each -> each.onConnectionLost(isServersFault, now()));
        subscriptions.forEach(each -> each.acknowledged(false, now()));
    }

    private void connectSoon() {
        agenda.schedule(Duration.ofMillis(300 + random.nextInt(4000)), this::connect);
    }

    private void connect() {
        if (isStopped || edge != null) {
            return;
        }
        if (isStranded()) {
            agenda.schedule(Duration.ofNanos(strandedUntil - now()), this::connect);
            return;
        }
        List<SimulatedNode> sessions = world.sessions(datacenter);
        List<SimulatedNode> others =
                sessions.stream().filter(each -> each != triedInVain).toList();
        SimulatedNode chosen = others.isEmpty() ? sessions.get(0) : others.get(random.nextInt(others.size()));
        boolean isOpen = chosen.isRunning() && chosen.session().isTakingClients();
        triedInVain = isOpen ? null : chosen;
        if (!isOpen) {
            connectSoon();
            return;
        }
        SimulatedEdge there = new SimulatedEdge(world, chosen, this, random);
        edge = there;
        agenda.schedule(BROUGHT, () -> mayEndBeHeld &= edge != there);
        work();
    }

    /** Sends the first thing that is not acknowledged, if none is under way. */
    private void work() {
        SimulatedEdge open = edge;
        if (open == null || isWaiting) {
            return;
        }
        for (Publication each : publications) {
            if (!each.isAcknowledged()) {
                long version = each.version();
                long sent = now();
                send(open, registration(each), () -> {
                    if (each.version() == version) {
                        each.onAcknowledged(sent, now(), world.isCalm());
                    }
                });
                return;
            }
        }
        for (Subscription each : subscriptions) {
            if (!each.isAcknowledged()) {
                send(open, registration(each), () -> each.acknowledged(true, now()));
                return;
            }
        }
    }

    private void send(SimulatedEdge open, ClientRegistration registration, Runnable onAccepted) {
        isWaiting = true;
        long mine = ++attempt;
        EventLoop.Timer timeout = agenda.schedule(ANSWER_TIMEOUT.plus(PAUSE), () -> {
            if (attempt == mine) {
                isWaiting = false;
                work();
            }
        });
        open.send(registration, answer -> {
            timeout.cancel();
            if (attempt == mine) {
                isWaiting = false;
                onAnswer(registration, answer, onAccepted);
                work();
            }
        });
    }

    private void onAnswer(ClientRegistration registration, RegistrationAnswer answer, Runnable onAccepted) {
        // For ever, as an official client understands it: WIRE rule 4.
        if (answer.isRefused()) {
            world.checks().report("refused: " + registration.registId() + " " + answer.message());
        }
        onAccepted.run();
    }

    private static ClientRegistration registration(Publication publication) {
        return new ClientRegistration(
                ClientRegistration.Kind.PUBLISHER,
                publication.service(),
                publication.registId(),
                publication.isWanted(),
                publication.version(),
                "DEFAULT_ZONE",
                "app",
                Scope.GLOBAL,
                publication.isWanted() ? publication.addresses() : List.of());
    }

    private static ClientRegistration registration(Subscription subscription) {
        return new ClientRegistration(
                ClientRegistration.Kind.SUBSCRIBER,
                subscription.service(),
                subscription.registId(),
                true,
                1,
                "DEFAULT_ZONE",
                "app",
                subscription.scope(),
                List.of());
    }

    private long now() {
        return world.time().nanos();
    }
}
