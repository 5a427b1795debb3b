package io.twinspan.registry.sync;

import static io.twinspan.registry.sync.announce.Announcements.changed;
import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.order;
import static io.twinspan.registry.sync.announce.Announcements.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.sync.announce.Announcements;
import io.twinspan.registry.sync.announce.InMemoryTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FetchPolicyInForceTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DataInfoId ID = DataInfoId.of("com.example.Orders");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final SteppedLoop loop = new SteppedLoop();
    private final InMemoryTopics topics = new InMemoryTopics();
    private final ScriptedPeer east = new ScriptedPeer(EAST);
    private final HeldDatums held = new HeldDatums();
    private final CrossDatacenterSync sync = new CrossDatacenterSync(
            new SyncSettings(
                    WEST,
                    "127.0.0.1:19092",
                    List.of(new PeerSettings(EAST, "127.0.0.1:19092", List.of(ScriptedPeer.META))),
                    SyncLimits.standard()),
            new HybridClock(() -> Instant.ofEpochMilli(Announcements.CREATED), loop::nanos),
            loop,
            new Random(1),
            new SyncPorts(
                    held, east, topics.channel(WEST, Set.of(EAST)), () -> new Incarnation(Announcements.CREATED, 1)));

    private void start() {
        sync.start();
        loop.run();
    }

    private static Function<DatumQuery, DatumAnswer> answer() {
        Publisher publisher = new Publisher(
                RegistrationId.ofSofa("1"),
                new RegistrationOrder(1, Stamp.ZERO),
                new Owner(new SessionIncarnation(new NodeId("east-1"), 1), 1),
                "DEFAULT_ZONE",
                "",
                "127.0.0.1:50000",
                List.of("127.0.0.1:12200"));
        return query -> DatumAnswer.of(
                Datum.of(EAST, query.id(), version(5), List.of(publisher), List.of()), query.known(), true);
    }

    @Test
    void policyWarmFetchesWhatNobodyAskedForWhereTheSlotIsLed() {
        start();
        east.answers.put(ID, answer());
        held.policy = FetchPolicy.WARM;
        held.isLed = false;
        topics.write(EAST, changed(EAST, order(0, 1, 1), entry(ID, 5)));
        loop.advance(LONG);
        assertThat(east.fetches).isEmpty();

        held.isLed = true;
        sync.replan();
        loop.advance(LONG);
        assertThat(held.installs).hasSize(1);
    }

    @Test
    void policyNeverFetchesNothingWhoeverAsks() {
        start();
        east.answers.put(ID, answer());
        held.policy = FetchPolicy.NEVER;
        held.hold(ID, version(4));
        sync.interest(ID, true);
        sync.confirm(EAST, ID);
        topics.write(EAST, changed(EAST, order(0, 1, 1), entry(ID, 5)));
        loop.advance(LONG);
        assertThat(east.fetches).isEmpty();

        held.policy = FetchPolicy.LAZY;
        sync.replan();
        loop.advance(LONG);
        assertThat(held.installs).hasSize(1);
    }
}
