package io.twinspan.registry.node.session.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.session.ClientConnection;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HttpReadersTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DataInfoId PAY = DataInfoId.of("com.example.Pay");
    private static final Wish WISH = new Wish(PAY, Scope.GLOBAL, "10.0.0.9:50000");

    private final ManualClock time = new ManualClock();
    private final PushingSession session = new PushingSession(PAY);
    private final Map<DatacenterId, Duration> ages = new HashMap<>(Map.of(WEST, Duration.ZERO));
    private final HttpReaders readers = new HttpReaders(
            new HttpReaders.Ports(new ManualEventLoop(time), session, WEST, List.of(EAST), this::ages),
            WatchSettings.standard().with(2, Duration.ofSeconds(60)));
    private int asked;

    @Test
    void anAnswerNamesTheDatacenterOfEachAddressWithItsAge() {
        ages.put(EAST, Duration.ofMillis(1_500));
        var answer = readers.once(WISH).toCompletableFuture();
        pass(Duration.ofMillis(1));
        session.push(WEST, 5);
        session.push(EAST, 6, "10.1.0.1:12200");
        pass(Duration.ofMillis(1));

        assertThat(json(answer))
                .contains("\"dataId\":\"com.example.Pay\"", "\"scope\":\"global\"")
                .contains(
                        "{\"datacenter\":\"west\",\"ageSeconds\":0.0,\"stale\":false,\"version\":\"5\",\"addresses\":{}}")
                .contains("{\"datacenter\":\"east\",\"ageSeconds\":1.5,\"stale\":false,\"version\":\"6\","
                        + "\"addresses\":{\"DEFAULT_ZONE\":[\"10.1.0.1:12200\"]}}");
        assertThat(session.open).isEmpty();
    }

    @Test
    void aPeerThatHasNothingToSayIsWaitedForOnlyShortly() {
        var answer = readers.once(WISH).toCompletableFuture();
        pass(Duration.ofMillis(1));
        session.push(WEST, 5, "10.2.0.1:12200");
        pass(Duration.ofMillis(200));
        assertThat(answer).isNotDone();
        pass(Duration.ofMillis(200));
        assertThat(json(answer)).contains("10.2.0.1").doesNotContain("east");
    }

    @Test
    void whatIsOldOrOfUnknownAgeIsStale() {
        ages.put(EAST, Duration.ofSeconds(61));
        ages.remove(WEST);
        var answer = readers.once(WISH).toCompletableFuture();
        pass(Duration.ofMillis(1));
        session.push(WEST, 5);
        session.push(EAST, 6);
        pass(Duration.ofMillis(1));
        assertThat(json(answer))
                .contains("\"datacenter\":\"west\",\"ageSeconds\":null,\"stale\":true")
                .contains("\"datacenter\":\"east\",\"ageSeconds\":61.0,\"stale\":true");
    }

    @Test
    void withoutAnyWordOfTheOwnDatacenterThereIsNoAnswer() {
        var answer = readers.once(WISH).toCompletableFuture();
        pass(Duration.ofSeconds(3));
        assertThat(answer.join()).isEmpty();
        assertThat(session.open).isEmpty();
    }

    @Test
    void aStreamTellsEachChangeTheNewestNumberOnlyAndAgesNowAndThen() {
        readers.start();
        Sink sink = new Sink();
        assertThat(stream(sink)).isTrue();
        session.push(WEST, 5, "10.2.0.1:12200");
        session.push(WEST, 4, "10.2.0.9:12200");
        pass(Duration.ofMillis(1));
        assertThat(sink.events).singleElement().asString().contains("segment west segment", "10.2.0.1");

        sink.events.clear();
        pass(Duration.ofSeconds(11));
        assertThat(sink.events)
                .containsExactly(
                        "age age {\"segments\":[{\"datacenter\":\"west\",\"ageSeconds\":0.0,\"stale\":false}]}");

        readers.gone(sink);
        pass(Duration.ofMillis(1));
        assertThat(session.open).isEmpty();
    }

    @Test
    void aReaderThatTakesNothingIsDropped() {
        readers.start();
        Sink slow = new Sink();
        Sink quick = new Sink();
        assertThat(stream(slow)).isTrue();
        assertThat(stream(quick)).isTrue();
        slow.stuck = Duration.ofSeconds(10);
        pass(Duration.ofSeconds(2));
        assertThat(slow.hasEnded).isTrue();
        assertThat(quick.hasEnded).isFalse();
        assertThat(session.open).hasSize(1);
    }

    @Test
    void moreReadersThanTheBoundAreRefusedUntilOneHasGone() {
        Sink first = new Sink();
        assertThat(stream(first)).isTrue();
        assertThat(stream(new Sink())).isTrue();
        assertThat(stream(new Sink())).isFalse();
        var answer = readers.once(WISH).toCompletableFuture();
        pass(Duration.ofMillis(1));
        assertThat(answer.join()).isEmpty();

        readers.gone(first);
        pass(Duration.ofMillis(1));
        assertThat(stream(new Sink())).isTrue();
    }

    @Test
    void aSessionThatSendsItsClientsAwayEndsTheirStreams() {
        Sink sink = new Sink();
        assertThat(stream(sink)).isTrue();
        List.copyOf(session.open).forEach(ClientConnection::close);
        pass(Duration.ofMillis(1));
        assertThat(sink.hasEnded).isTrue();
        assertThat(session.open).isEmpty();
    }

    @Test
    void aPushIsTakenWhenTheLoopHasComeToItAndNotBefore() {
        assertThat(stream(new Sink())).isTrue();
        session.push(WEST, 5, "10.2.0.1:12200");
        assertThat(session.taken)
                .singleElement()
                .satisfies(stage -> assertThat(stage).isNotDone());
        pass(Duration.ofMillis(1));
        assertThat(session.taken).allSatisfy(stage -> assertThat(stage).isCompletedWithValue(true));
    }

    @Test
    void howOldTheAddressesAreIsAskedOnceForAllStreamsOfAService() {
        HttpReaders many = readers(100);
        List<Sink> sinks = IntStream.range(0, 100).mapToObj(i -> new Sink()).toList();
        sinks.forEach(sink -> many.stream(WISH, sink));
        pass(Duration.ofMillis(1));
        session.push(WEST, 5, "10.2.0.1:12200");
        pass(Duration.ofMillis(1));
        assertThat(asked).isEqualTo(1);
        assertThat(sinks)
                .allSatisfy(sink ->
                        assertThat(sink.events).singleElement().asString().contains("10.2.0.1"));

        session.push(WEST, 6, "10.2.0.2:12200");
        pass(Duration.ofMillis(1));
        assertThat(asked).as("the answer is still good").isEqualTo(1);
        session.push(EAST, 6, "10.1.0.1:12200");
        pass(Duration.ofMillis(1));
        assertThat(asked).as("it does not know of east").isEqualTo(2);
        pass(Duration.ofMillis(200));
        session.push(WEST, 7, "10.2.0.3:12200");
        pass(Duration.ofMillis(1));
        assertThat(asked).isEqualTo(3);
        assertThat(sinks).allSatisfy(sink -> assertThat(sink.events).hasSize(4));
    }

    @Test
    void whatComesBeforeTheAgesAreKnownIsToldOnceAndAsTheNewest() {
        CompletableFuture<Map<DatacenterId, Duration>> late = new CompletableFuture<>();
        Sink sink = new Sink();
        readers(1, service -> late).stream(WISH, sink);
        pass(Duration.ofMillis(1));
        session.push(WEST, 5, "10.2.0.1:12200");
        session.push(WEST, 6, "10.2.0.2:12200");
        pass(Duration.ofMillis(1));
        assertThat(sink.events).isEmpty();
        late.complete(Map.of(WEST, Duration.ZERO));
        pass(Duration.ofMillis(1));
        assertThat(sink.events).singleElement().asString().contains("10.2.0.2").doesNotContain("10.2.0.1");
    }

    @Test
    void whatAllAreToldIsWrittenOnce() {
        SegmentTexts texts = new SegmentTexts(Duration.ofSeconds(60));
        String first = texts.json(push(5, "a:1"), Duration.ZERO);
        assertThat(texts.json(push(5, "a:1"), Duration.ZERO)).isSameAs(first);
        assertThat(texts.json(push(5, "a:2"), Duration.ZERO)).contains("a:2");
        assertThat(texts.json(push(6, "a:2"), Duration.ZERO)).contains("\"version\":\"6\"");
        assertThat(texts.json(push(6, "a:2"), null)).contains("\"stale\":true");
    }

    private static SegmentPush push(long version, String address) {
        return new SegmentPush(
                PAY,
                List.of("r"),
                WEST,
                Scope.GLOBAL,
                version,
                Map.of("DEFAULT_ZONE", List.of(address)),
                "DEFAULT_ZONE");
    }

    private HttpReaders readers(int most) {
        return readers(most, this::ages);
    }

    private HttpReaders readers(int most, Function<DataInfoId, CompletionStage<Map<DatacenterId, Duration>>> question) {
        return new HttpReaders(
                new HttpReaders.Ports(new ManualEventLoop(time), session, WEST, List.of(EAST), question),
                WatchSettings.standard().with(most, Duration.ofSeconds(60)));
    }

    private CompletionStage<Map<DatacenterId, Duration>> ages(DataInfoId service) {
        asked++;
        return CompletableFuture.completedFuture(Map.copyOf(ages));
    }

    private boolean stream(Sink sink) {
        var isTaken = readers.stream(WISH, sink).toCompletableFuture();
        pass(Duration.ofMillis(1));
        return isTaken.join();
    }

    private void pass(Duration by) {
        time.advance(by);
    }

    private static String json(CompletableFuture<Optional<Map<String, Object>>> answer) {
        assertThat(answer).isDone();
        return tools.jackson.databind.json.JsonMapper.shared()
                .writeValueAsString(answer.join().orElseThrow());
    }

    /** Remembers what it was offered. */
    private static final class Sink implements EventSink {
        final List<String> events = new ArrayList<>();
        Duration stuck = Duration.ZERO;
        boolean hasEnded;

        @Override
        public void offer(String key, String event, String data) {
            events.add(key + " " + event + " " + data);
        }

        @Override
        public Duration stuckFor() {
            return stuck;
        }

        @Override
        public void end() {
            hasEnded = true;
        }
    }
}
