package io.twinspan.registry.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.node.session.push.FakeConnection;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What alert rules read of a session moves when it should, and only then. */
class SessionMetricsTest {
    private static final String CLIENTS_OFF = "twinspan.session.clients.off.failed";
    private static final String CHANGES = "twinspan.session.changes.failed";
    private static final String COMPARISONS = "twinspan.session.comparisons.given.up";

    private final SessionBench bench = new SessionBench();
    private final FakeConnection client = new FakeConnection(1);

    @BeforeEach
    void connect() {
        bench.connect(client);
    }

    @Test
    void whatClientsOffTakesAwayIsCountedWhenItDoesNotReachADataNode() {
        bench.publish(client, "p", 1, "a:1");
        bench.isCut = true;
        bench.publish(client, "q", 1, "a:1");
        bench.advance(Duration.ofSeconds(10));
        assertThat(count(CHANGES)).isPositive();
        assertThat(count(CLIENTS_OFF)).isZero();

        bench.role.setOff(List.of(client.remoteAddress()), true);
        bench.advance(Duration.ofSeconds(10));
        assertThat(count(CLIENTS_OFF)).isPositive().isLessThan(count(CHANGES));
    }

    @Test
    void subscribersThatNobodyCanBeAskedForAreCountedAtEachComparison() {
        bench.subscribe(client, "s", Scope.GLOBAL);
        bench.advance(Duration.ofMinutes(1));
        assertThat(count(COMPARISONS)).isZero();

        bench.lead(new NodeId("data-that-is-gone"));
        bench.advance(Duration.ofMinutes(1));
        long soFar = count(COMPARISONS);
        assertThat(soFar).isGreaterThan(1);

        bench.lead(SessionBench.DATA_1);
        bench.advance(Duration.ofMinutes(1));
        assertThat(count(COMPARISONS)).isEqualTo(soFar);
    }

    private long count(String name) {
        return bench.role.metrics().getOrDefault(name, -1L);
    }
}
