package io.twinspan.registry.node.session.push;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.subscription.Scope;
import io.twinspan.registry.subscription.Subscriber;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One session's pushes on manual time, with slot leaders that say what a test tells them to. */
final class PushBench {
    static final DataInfoId SERVICE = DataInfoId.of("com.example.Pay");

    final DatacenterId own;
    final DatacenterId peer;
    final ManualClock time;
    final HybridClock clock;
    final Arrivals arrivals = new Arrivals();
    final PushMetrics metrics = new PushMetrics();
    final Pusher pusher;
    private final ManualEventLoop loop;

    PushBench(ManualClock time, String own, String peer, Duration clockAhead, int stampByte) {
        this(time, own, List.of(new DatacenterId(peer)), clockAhead, stampByte);
    }

    /** Of a datacenter that knows of no other. */
    PushBench(ManualClock time, String own, Duration clockAhead, int stampByte) {
        this(time, own, List.of(), clockAhead, stampByte);
    }

    private PushBench(ManualClock time, String own, List<DatacenterId> peers, Duration clockAhead, int stampByte) {
        this.time = time;
        this.own = new DatacenterId(own);
        this.peer = peers.isEmpty() ? this.own : peers.get(0);
        this.loop = new ManualEventLoop(time);
        InstantSource wall = () -> time.instant().plus(clockAhead);
        this.clock = new HybridClock(wall, time::nanos);
        PushContext context = new PushContext(loop, clock, stampByte, new Random(1), metrics);
        ServiceFacts facts = new ServiceFacts(this.own, peers, "Z1", 1);
        this.pusher = new Pusher(context, PushSettings.standard(), facts, arrivals, service -> {});
    }

    static PushBench east() {
        return new PushBench(new ManualClock(), "east", "west", Duration.ZERO, 7);
    }

    void subscribe(FakeConnection connection, String registId, Scope scope) {
        subscribe(connection, registId, SERVICE, scope);
    }

    void subscribe(FakeConnection connection, String registId, DataInfoId service, Scope scope) {
        pusher.subscribe(connection, new Subscriber(registId, service, scope));
        loop.runDue();
    }

    /** The leader answers now, to a question asked now. */
    void answer(DatumAnswer answer) {
        answer(answer, arrivals.count());
    }

    void answer(DatumAnswer answer, long askedAt) {
        clock.merge(new Stamp(answer.version().value()));
        pusher.find(answer.id())
                .ifPresent(service -> service.on(service.segments().onAnswer(answer, askedAt)));
        loop.runDue();
    }

    void confirmed(Datum datum) {
        answer(DatumAnswer.of(datum, heldVersion(datum), true));
    }

    void unconfirmed(Datum datum) {
        answer(DatumAnswer.of(datum, heldVersion(datum), false));
    }

    void advance(Duration by) {
        time.advance(by);
    }

    private DatumVersion heldVersion(Datum of) {
        return pusher.find(of.id())
                .map(service -> service.segments().version(of.datacenter()))
                .orElse(DatumVersion.NONE);
    }

    /** A datum with one publisher for each {@code zone/address}. */
    static Datum datum(DatacenterId datacenter, long version, String... zonedAddresses) {
        return datum(datacenter, SERVICE, version, zonedAddresses);
    }

    static Datum datum(DatacenterId datacenter, DataInfoId service, long version, String... zonedAddresses) {
        SessionIncarnation session = new SessionIncarnation(new NodeId("s"), 1);
        List<Publisher> publishers = Arrays.stream(zonedAddresses)
                .map(each -> {
                    String[] parts = each.split("/", 2);
                    return new Publisher(
                            RegistrationId.ofSofa(each),
                            new RegistrationOrder(1, new Stamp(1)),
                            new Owner(session, 1),
                            parts[0],
                            "app",
                            "10.0.0.1:1",
                            List.of(parts[1]));
                })
                .toList();
        return Datum.of(datacenter, service, new DatumVersion(version), publishers, List.of());
    }

    /** A version as a leader with a right clock would mint it now. */
    long version() {
        return Stamp.atMillis(time.millis()).value() + 1;
    }
}
