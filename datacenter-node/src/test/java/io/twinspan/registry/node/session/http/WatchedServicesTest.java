package io.twinspan.registry.node.session.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.acvip.DutyView;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.acvip.domain.Poll;
import io.twinspan.registry.acvip.domain.Resolver;
import io.twinspan.registry.acvip.domain.ResolverSettings;
import io.twinspan.registry.acvip.health.HealthSettings;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The resolver over a session whose pushes the test makes. */
class WatchedServicesTest {
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DomainName PAY = DomainName.of("com.example.Pay");

    private final ManualClock time = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(time);
    private final PushingSession session = new PushingSession(DataInfoId.of("com.example.Pay"));
    private final WatchedServices services =
            new WatchedServices(loop, session, WEST, List.of(), WatchSettings.standard());
    private final Resolver resolver = new Resolver(
            new Resolver.Ports(loop, WEST, DutyView.undecided(), (at, check) -> new CompletableFuture<>(), services),
            ResolverSettings.standard("twinspan"),
            HealthSettings.standard());

    @BeforeEach
    void start() {
        services.start();
        resolver.onVips(Map.of());
    }

    @Test
    void whoWaitsForAServiceThatNobodyProvidesHearsOfItsFirstProvider() {
        CompletableFuture<Poll.News> waiting = poll(Duration.ofSeconds(60));
        session.push(WEST, 5);
        time.advance(Duration.ofSeconds(20));
        assertThat(waiting).isNotDone();

        session.push(WEST, 6, "10.2.0.1:12200");
        time.advance(Duration.ofSeconds(1));
        assertThat(waiting).isDone();
        assertThat(waiting.join().changed()).hasSize(1);
    }

    @Test
    void aServiceThatNobodyProvidesIsLetGoOfWhenNobodyWaits() {
        poll(Duration.ofSeconds(30));
        session.push(WEST, 5);
        time.advance(Duration.ofSeconds(31));
        assertThat(session.open).hasSize(1);
        time.advance(Duration.ofSeconds(15));
        assertThat(session.open).isEmpty();

        resolver.ask(PAY, Place.in(WEST));
        time.advance(Duration.ofMillis(1));
        session.push(WEST, 5);
        time.advance(Duration.ofSeconds(16));
        assertThat(session.open).isEmpty();
    }

    private CompletableFuture<Poll.News> poll(Duration within) {
        CompletableFuture<Poll.News> answer =
                resolver.poll(new Poll(Place.in(WEST), Map.of(PAY, ""), within)).toCompletableFuture();
        time.advance(Duration.ofMillis(1));
        return answer;
    }
}
