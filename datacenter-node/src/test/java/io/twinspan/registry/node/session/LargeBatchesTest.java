package io.twinspan.registry.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.node.session.push.FakeConnection;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What waits for a data node may be more than fits one call, one answer or the time of either. */
final class LargeBatchesTest {
    private static final int MANY = 20;

    private final SessionBench bench = new SessionBench();
    private final FakeConnection client = new FakeConnection(1);

    @Test
    void registrationsThatTogetherFitNoFrameArriveAll() {
        bench.connect(client);
        bench.isCut = true;
        for (int i = 0; i < MANY; i++) {
            register(ClientRegistration.Kind.PUBLISHER, i, List.of("a".repeat(1_000)));
        }
        bench.advance(Duration.ofSeconds(10));
        bench.frameLimit = 1_200;
        bench.isCut = false;
        bench.advance(Duration.ofSeconds(10));

        assertThat(IntStream.range(0, MANY)
                        .map(i -> bench.data().datum(service(i)).count()))
                .containsOnly(1);
    }

    @Test
    void firstListsThatTogetherFitNoAnswerArriveAllThoughTheNodeDoesNotBoundIt() {
        bench.frameLimit = 1_500;
        subscribeToLargeServices();
        bench.advance(Duration.ofSeconds(10));

        assertThat(shown()).containsOnly(1);
    }

    @Test
    void firstListsForWhichAnAnswerHasNoRoomAreAskedForAgainAtOnce() {
        bench.data().answerBytes = 3_000;
        subscribeToLargeServices();
        // The first question, and one after the other for the rest, two datums in each.
        bench.advance(Duration.ofMillis(MANY));

        assertThat(shown()).containsOnly(1);
        assertThat(bench.data().received(FetchDatums.class)).hasSizeLessThan(MANY);
    }

    private void subscribeToLargeServices() {
        for (int i = 0; i < MANY; i++) {
            bench.data().change(service(i), new DatumChange.Register(publisher(i)));
        }
        bench.connect(client);
        for (int i = 0; i < MANY; i++) {
            register(ClientRegistration.Kind.SUBSCRIBER, i, List.of());
        }
    }

    private List<Integer> shown() {
        return IntStream.range(0, MANY)
                .mapToObj(i -> client.shown("r" + i).size())
                .toList();
    }

    private void register(ClientRegistration.Kind kind, int number, List<String> addresses) {
        bench.role.onRegistration(
                client,
                new ClientRegistration(
                        kind, service(number), "r" + number, true, 1, "Z", "app", Scope.DATACENTER, addresses));
    }

    private static Publisher publisher(int number) {
        return new Publisher(
                RegistrationId.ofSofa("p" + number),
                new RegistrationOrder(1, new Stamp(1)),
                new Owner(SessionBench.ELSEWHERE, 3),
                "Z",
                "app",
                "10.0.0.9:1",
                List.of("a".repeat(1_000)));
    }

    private static DataInfoId service(int number) {
        return DataInfoId.of("service" + number);
    }
}
