package io.twinspan.registry.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.FetchPushBacklog;
import io.twinspan.registry.message.PushBacklog;
import io.twinspan.registry.node.session.push.FakeConnection;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushScope;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a session takes the push switch that it is told. */
final class ObeyedSwitchTest {
    private final SessionBench bench = new SessionBench();
    private final FakeConnection one = new FakeConnection(1);
    private final FakeConnection two = new FakeConnection(2);

    @BeforeEach
    void connect() {
        bench.connect(one);
        bench.connect(two);
        bench.publish(one, "p", 1, "a:1");
    }

    @Test
    void aClosingIsObeyedSaidSoAndEndsWhenItsTimeIsOver() {
        bench.subscribe(two, "s", Scope.DATACENTER);
        tell(closed(7, Duration.ofSeconds(30)));
        assertThat(bench.role.obeyedPushVersion()).isEqualTo(7);
        assertThat(bench.role.isPushClosed()).isTrue();

        bench.publish(one, "p", 2, "a:2");
        bench.advance(Duration.ofSeconds(20));
        assertThat(two.shown("s")).containsExactly("a:1");
        assertThat(backlog()).isEqualTo(new PushBacklog(7, 1, 1, 1));

        bench.advance(Duration.ofSeconds(12));
        assertThat(two.shown("s")).containsExactly("a:2");
        assertThat(bench.role.isPushClosed()).isFalse();
        assertThat(bench.role.obeyedPushVersion()).isEqualTo(7);
    }

    @Test
    void anOlderSwitchChangesNothing() {
        tell(closed(7, Duration.ofHours(1)));
        tell(new PushSwitch(6, List.of()));

        assertThat(bench.role.isPushClosed()).isTrue();
        tell(new PushSwitch(8, List.of()));
        assertThat(bench.role.isPushClosed()).isFalse();
    }

    @Test
    void whileNobodyKnowsFirstListsWaitTenSecondsAndThenGoOutWithAnAlarm() {
        bench.role.awaitPushSwitch();
        bench.subscribe(two, "s", Scope.DATACENTER);
        bench.advance(Duration.ofMillis(9_900));
        assertThat(two.pushes()).isEmpty();

        bench.advance(Duration.ofSeconds(1));
        assertThat(two.shown("s")).containsExactly("a:1");
        assertThat(bench.role.metrics()).containsEntry("twinspan.session.push.opened.unknown", 1L);
    }

    @Test
    void whoeverKnowsEndsTheWaitAtOnceAlsoWhenNothingWasEverClosed() {
        bench.role.awaitPushSwitch();
        bench.subscribe(two, "s", Scope.DATACENTER);
        bench.advance(Duration.ofSeconds(1));
        assertThat(two.pushes()).isEmpty();

        tell(PushSwitch.OPEN);
        assertThat(two.shown("s")).containsExactly("a:1");
        bench.advance(Duration.ofSeconds(20));
        assertThat(bench.role.metrics()).containsEntry("twinspan.session.push.opened.unknown", 0L);
    }

    private void tell(PushSwitch value) {
        bench.role.onPushSwitch(value);
        bench.run();
    }

    private PushBacklog backlog() {
        var answer = bench.role
                .dispatcher()
                .dispatch(new FetchPushBacklog(), new Caller(SessionBench.EAST, new NodeId("m"), NodeRole.META))
                .toCompletableFuture();
        bench.run();
        return answer.join();
    }

    private PushSwitch closed(long version, Duration within) {
        long now = bench.clock.physicalMillis();
        return new PushSwitch(
                version,
                List.of(new PushToken(
                        "operator", "", PushPosition.CLOSED, PushScope.all(), now, now + within.toMillis())));
    }
}
