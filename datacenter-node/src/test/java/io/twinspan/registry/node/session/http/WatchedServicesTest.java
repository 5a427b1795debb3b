package io.twinspan.registry.node.session.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.acvip.DutyView;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.domain.AnswerAges;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The resolver over a session whose pushes the test makes. */
class WatchedServicesTest {
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId NORTH = new DatacenterId("north");
    private static final DomainName PAY = DomainName.of("com.example.Pay");

    private final Map<DatacenterId, Duration> ages = new HashMap<>();
    private int asked;
    private final ManualClock time = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(time);
    private final PushingSession session = new PushingSession(DataInfoId.of("com.example.Pay"));
    private final WatchedServices services = new WatchedServices(
            new HttpReaders.Ports(loop, session, WEST, List.of(), this::ages), WatchSettings.standard());
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

    @Test
    void anAnswerIsAsOldAsWhatItsDatacentersSaidAndAskingOftenCostsNoMore() {
        ages.put(WEST, Duration.ZERO);
        ages.put(EAST, Duration.ofSeconds(61));
        for (int i = 0; i < 10; i++) {
            assertThat(age(WEST)).isEqualTo(new AnswerAges.Age(Duration.ZERO, false));
            assertThat(age(EAST)).isEqualTo(new AnswerAges.Age(Duration.ofSeconds(61), true));
            assertThat(age(NORTH)).as("nobody can say").isEqualTo(new AnswerAges.Age(null, true));
        }
        assertThat(asked).isEqualTo(1);
        ages.put(EAST, Duration.ofSeconds(60));
        time.advance(Duration.ofSeconds(1));
        assertThat(age(EAST)).isEqualTo(new AnswerAges.Age(Duration.ofSeconds(60), false));
    }

    private AnswerAges.Age age(DatacenterId datacenter) {
        CompletableFuture<AnswerAges> answer = resolver.ages(PAY).toCompletableFuture();
        loop.runDue();
        return answer.join().of(datacenter);
    }

    private CompletionStage<Map<DatacenterId, Duration>> ages(DataInfoId service) {
        asked++;
        return CompletableFuture.completedFuture(Map.copyOf(ages));
    }

    private CompletableFuture<Poll.News> poll(Duration within) {
        CompletableFuture<Poll.News> answer =
                resolver.poll(new Poll(Place.in(WEST), Map.of(PAY, ""), within)).toCompletableFuture();
        time.advance(Duration.ofMillis(1));
        return answer;
    }
}
