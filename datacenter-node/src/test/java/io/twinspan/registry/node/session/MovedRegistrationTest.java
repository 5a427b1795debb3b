package io.twinspan.registry.node.session;

import static io.twinspan.registry.node.session.SessionBench.PAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.node.session.push.FakeConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of two sessions a registration belongs to when its client has moved from one to the other. */
final class MovedRegistrationTest {
    private static final SessionIncarnation ELSEWHERE = new SessionIncarnation(new NodeId("session-2"), 5);

    private final SessionBench bench = new SessionBench();
    private final FakeConnection one = new FakeConnection(1);
    private final FakeConnection two = new FakeConnection(2);

    @BeforeEach
    void connect() {
        bench.connect(one);
        bench.connect(two);
    }

    @Test
    void aLiveRequestIsStampedAboveWhatTheLeaderKnows() {
        Stamp ahead = Stamp.atMillis(bench.time.millis() + 5_000);
        elsewhere("p", 1, ahead);
        bench.publish(one, "p", 1, "mine:1");

        Publisher publisher = bench.data().find(PAY, "p").orElseThrow();
        assertThat(publisher.addresses()).containsExactly("mine:1");
        assertThat(publisher.order().stamp()).isGreaterThan(ahead);
    }

    @Test
    void aCopySentAgainNeverWinsOverAClientThatHasMoved() {
        bench.isCut = true;
        bench.publish(one, "p", 1, "old:1");
        bench.advance(Duration.ofMillis(500));
        elsewhere("p", 1, bench.clock.next());
        bench.isCut = false;
        bench.advance(Duration.ofSeconds(10));

        assertThat(bench.data().find(PAY, "p").orElseThrow().owner().session()).isEqualTo(ELSEWHERE);
        bench.role.onDisconnected(one);
        bench.advance(Duration.ofSeconds(2));
        assertThat(bench.data().find(PAY, "p")).isPresent();
    }

    @Test
    void aRequestThatWaitedNeverWinsOverAClientThatHasMovedMeanwhile() {
        bench.isCut = true;
        bench.publish(two, "blocks", 1, "b:1");
        // Never sent while the call before it is not answered; its client goes elsewhere without a word.
        bench.publish(one, "p", 1, "old:1");
        bench.advance(Duration.ofMillis(500));
        elsewhere("p", 1, bench.clock.next());
        bench.isCut = false;
        bench.advance(Duration.ofSeconds(10));

        assertThat(bench.data().find(PAY, "p").orElseThrow().owner().session()).isEqualTo(ELSEWHERE);
    }

    private void elsewhere(String registId, long version, Stamp stamp) {
        bench.data()
                .change(
                        PAY,
                        new DatumChange.Register(new Publisher(
                                RegistrationId.ofSofa(registId),
                                new RegistrationOrder(version, stamp),
                                new Owner(ELSEWHERE, 3),
                                "DEFAULT_ZONE",
                                "app",
                                "10.0.0.9:1",
                                List.of("moved:1"))));
    }
}
