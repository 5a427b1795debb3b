package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.PushBacklog;
import io.twinspan.registry.node.session.ClientConnection;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.subscription.Subscriber;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All subscribers of this session and their pushes. It asks nobody for content: whoever fetches hands it to
 * {@link SubscribedService#segments} and tells {@link SubscribedService#on} what came of it. Belongs to the session's event loop.
 */
public final class Pusher {
    private final PushContext context;
    private final PushSettings settings;
    private ServiceFacts facts;
    private final Arrivals arrivals;
    private final Consumer<SubscribedService> questions;
    private final Map<DataInfoId, SubscribedService> services = new LinkedHashMap<>();
    private final Map<Long, ConnectionPushes> lines = new HashMap<>();
    private final Map<Long, Set<DataInfoId>> byConnection = new HashMap<>();
    private final Compensation compensation;
    private int subscribers;

    /** @param questions told of a service whose content has to be confirmed again */
    public Pusher(
            PushContext context,
            PushSettings settings,
            ServiceFacts facts,
            Arrivals arrivals,
            Consumer<SubscribedService> questions) {
        this.context = context;
        this.settings = settings;
        this.facts = facts;
        this.arrivals = arrivals;
        this.questions = questions;
        this.compensation = new Compensation(context.loop(), settings.openRate());
    }

    /** A connection may be pushed to. */
    public void open(ClientConnection connection) {
        lines.put(connection.number(), new ConnectionPushes(connection, settings.mostInFlight()));
    }

    /**
     * A subscriber arrived, perhaps not for the first time: what is held is pushed at once, and what is held has to be confirmed
     * for it by asking from now on.
     */
    public SubscribedService subscribe(ClientConnection connection, Subscriber subscriber) {
        SubscribedService service = services.computeIfAbsent(
                subscriber.service(),
                id -> new SubscribedService(new ServiceSegments(id, facts), context, settings, arrivals, questions));
        PushLane lane = service.lane(line(connection));
        if (lane.remove(subscriber.registId()) == null) {
            subscribers++;
        }
        lane.add(subscriber, arrivals.next());
        byConnection
                .computeIfAbsent(connection.number(), number -> new HashSet<>())
                .add(subscriber.service());
        lane.flush();
        return service;
    }

    /** Returns the subscriber that was taken away. */
    public Optional<Subscriber> unsubscribe(long connection, DataInfoId id, String registId) {
        SubscribedService service = services.get(id);
        PushLane lane = service == null ? null : service.findLane(connection);
        if (service == null || lane == null) {
            return Optional.empty();
        }
        Optional<Subscriber> removed = Optional.ofNullable(lane.remove(registId));
        removed.ifPresent(each -> subscribers--);
        if (lane.isEmpty()) {
            service.removeLane(connection);
            Set<DataInfoId> ids = byConnection.get(connection);
            if (ids != null) {
                ids.remove(id);
            }
        }
        forgetIfUnused(service);
        return removed;
    }

    /** The subscribers of a connection. */
    public List<Subscriber> subscribers(long connection) {
        return byConnection.getOrDefault(connection, Set.of()).stream()
                .map(services::get)
                .flatMap(service -> {
                    PushLane lane = service == null ? null : service.findLane(connection);
                    return lane == null ? Stream.<Subscriber>empty() : lane.subscribers().stream();
                })
                .toList();
    }

    /** Stops or resumes pushes to a connection; on resuming its subscribers are as if they had just arrived. */
    public void pause(long connection, boolean isToPause) {
        ConnectionPushes line = lines.get(connection);
        if (line == null) {
            return;
        }
        line.pause(isToPause);
        if (isToPause) {
            return;
        }
        long arrival = arrivals.next();
        for (DataInfoId id : byConnection.getOrDefault(connection, Set.of())) {
            SubscribedService service = services.get(id);
            PushLane lane = service == null ? null : service.findLane(connection);
            if (service != null && lane != null) {
                lane.arriveAgain(arrival);
                lane.flush();
                questions.accept(service);
            }
        }
    }

    /** The client reads again what it is sent. */
    public void onReading(long connection) {
        ConnectionPushes line = lines.get(connection);
        if (line != null) {
            line.onReading();
        }
    }

    /** The connection is gone. */
    public void close(long connection) {
        ConnectionPushes line = lines.remove(connection);
        if (line != null) {
            line.close();
        }
        Set<DataInfoId> ids = byConnection.remove(connection);
        for (DataInfoId id : ids == null ? Set.<DataInfoId>of() : ids) {
            SubscribedService service = services.get(id);
            PushLane lane = service == null ? null : service.findLane(connection);
            if (service != null && lane != null) {
                subscribers -= lane.subscribers().size();
                service.removeLane(connection);
                forgetIfUnused(service);
            }
        }
    }

    /**
     * Policies have changed.
     *
     * @return the services of which somebody may be shown other segments than before
     */
    public List<SubscribedService> onPolicies(PolicyTable policies) {
        return onFacts(facts.with(policies));
    }

    /**
     * Clients move between here and that peer, or with nobody any more when it is null.
     *
     * @return the services of which somebody may be shown other segments than before
     */
    public List<SubscribedService> onMovingWith(@Nullable DatacenterId counterpart) {
        return onFacts(facts.with(counterpart));
    }

    private List<SubscribedService> onFacts(ServiceFacts next) {
        facts = next;
        return List.copyOf(services.values()).stream()
                .filter(service -> service.onFacts(facts))
                .toList();
    }

    /**
     * The push switch is another one: from now on no push starts that it does not let out, and what may go out now does so at a
     * bounded rate.
     *
     * @param inForce the tokens that have not ended by themselves
     */
    public void onSwitch(PushSwitch inForce) {
        context.gate().set(inForce);
        onGate();
    }

    /** Nobody has said yet whether push is closed: even first lists wait. */
    public void awaitSwitch() {
        context.gate().forget();
        onGate();
    }

    private void onGate() {
        // One connection after the other: what belongs to one is then written at once, and acknowledged at once.
        compensation.add(List.copyOf(services.values()).stream()
                .flatMap(service -> service.onGate().stream())
                .sorted(Comparator.comparingLong(
                        lane -> lane.line().connection().number()))
                .toList());
    }

    /** What would be pushed if push were opened now. */
    public PushBacklog backlog(long pushVersion) {
        int behind = 0;
        int pushes = 0;
        Set<Long> clients = new HashSet<>();
        for (SubscribedService service : services.values()) {
            List<PushLane> lanes = service.behind();
            behind += lanes.isEmpty() ? 0 : 1;
            for (PushLane lane : lanes) {
                pushes += lane.behind();
                clients.add(lane.line().connection().number());
            }
        }
        return new PushBacklog(pushVersion, behind, clients.size(), pushes);
    }

    /** A service that somebody subscribes to. */
    public Optional<SubscribedService> find(DataInfoId id) {
        return Optional.ofNullable(services.get(id));
    }

    /** All services that somebody subscribes to. */
    public Collection<SubscribedService> services() {
        return services.values();
    }

    /** Number of subscribers. */
    public int count() {
        return subscribers;
    }

    private ConnectionPushes line(ClientConnection connection) {
        return lines.computeIfAbsent(
                connection.number(), number -> new ConnectionPushes(connection, settings.mostInFlight()));
    }

    private void forgetIfUnused(SubscribedService service) {
        if (service.isEmpty()) {
            services.remove(service.segments().service());
        }
    }
}
