package io.twinspan.registry.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeptRegistrationsTest {
    private static final Duration KEEP = Duration.ofSeconds(30);
    private static final Owner OWNER = new Owner(new SessionIncarnation(new NodeId("session-1"), 1), 1);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final List<PublisherKey> over = new ArrayList<>();
    private final KeptRegistrations kept = new KeptRegistrations(loop, KEEP, (key, owner, cause) -> over.add(key));

    @Test
    void whatIsKeptIsOverWhenItsTimeIs() {
        keep(1);
        loop.advance(KEEP.minusMillis(1));
        assertThat(over).isEmpty();

        loop.advance(Duration.ofMillis(1));
        assertThat(over).containsExactly(key(0));
        assertThat(kept.count()).isZero();
    }

    @Test
    void aGreatCrowdEndsInTurnsBetweenWhichOthersHaveTheirs() {
        int crowd = 2 * KeptRegistrations.MOST_IN_A_TURN + 1;
        keep(crowd);
        loop.advance(KEEP);
        assertThat(over).hasSize(KeptRegistrations.MOST_IN_A_TURN);

        loop.advance(Duration.ofSeconds(1));
        assertThat(over).hasSize(crowd).startsWith(key(0)).endsWith(key(crowd - 1));
        assertThat(kept.count()).isZero();
    }

    @Test
    void whoComesBackBetweenTwoTurnsStays() {
        keep(KeptRegistrations.MOST_IN_A_TURN + 1);
        loop.advance(KEEP);
        PublisherKey last = key(KeptRegistrations.MOST_IN_A_TURN);
        assertThat(kept.forget(last)).isTrue();

        loop.advance(Duration.ofSeconds(1));
        assertThat(over).doesNotContain(last);
    }

    private void keep(int count) {
        for (int i = 0; i < count; i++) {
            kept.add(key(i), OWNER, RemovalCause.CLIENT_CLOSED);
        }
    }

    private static PublisherKey key(int number) {
        return new PublisherKey(
                new DataInfoId("com.example.Kept", DataInfoId.DEFAULT_INSTANCE_ID, DataInfoId.DEFAULT_GROUP),
                RegistrationId.ofSofa("kept-" + number));
    }
}
