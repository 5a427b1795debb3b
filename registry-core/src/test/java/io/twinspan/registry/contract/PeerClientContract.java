package io.twinspan.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.Done;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.runtime.RequestDispatcher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a caller may rely on, whatever carries its calls. Test classes of a transport implement this and give a {@link Wire}. */
public interface PeerClientContract {
    /** Two nodes and what connects them. */
    interface Wire extends AutoCloseable {
        /** The caller's end; calls carry {@link #CALLER}. */
        PeerClient client();

        /** Where the called node listens. */
        Endpoint served();

        /** Where nothing listens. */
        Endpoint nobody();

        @Override
        void close();
    }

    /** Who calls in these tests. */
    Caller CALLER = new Caller(new DatacenterId("east"), new NodeId("node-1"), NodeRole.SESSION);

    /** Longer than any answer of these tests takes. */
    Duration LONG = Duration.ofSeconds(10);

    /** Connects a caller with that clock to a node with this one, which answers by the dispatcher. */
    Wire wire(RequestDispatcher dispatcher, HybridClock callerClock, HybridClock calledClock);

    /** A clock with a fixed physical part. */
    static HybridClock clockAt(long epochMillis) {
        return new HybridClock(InstantSource.fixed(java.time.Instant.ofEpochMilli(epochMillis)), () -> 0);
    }

    private Wire wire(RequestDispatcher dispatcher) {
        return wire(dispatcher, clockAt(Stamp.EPOCH_MILLIS), clockAt(Stamp.EPOCH_MILLIS));
    }

    private static <R> R answer(CompletionStage<R> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed);
        } catch (InterruptedException | java.util.concurrent.TimeoutException noAnswer) {
            throw new IllegalStateException("the call neither answered nor failed", noAnswer);
        }
    }

    private static PeerException failure(CompletionStage<?> stage) {
        Throwable thrown = catchThrowable(() -> answer(stage));
        assertThat(thrown).isInstanceOf(PeerException.class);
        return (PeerException) thrown;
    }

    @Test
    default void anAnswerArrivesWhole() {
        ProvidedChanges given = new ProvidedChanges(
                7, List.of(new ProvidedValue(DataInfoId.of("a"), 3, null, 6), value(DataInfoId.of("b"), "text")));
        RequestDispatcher dispatcher = new RequestDispatcher()
                .on(FetchProvided.class, (request, caller) -> CompletableFuture.completedFuture(given));
        try (Wire wire = wire(dispatcher)) {
            assertThat(answer(wire.client().call(wire.served(), new FetchProvided(1), LONG)))
                    .isEqualTo(given);
        }
    }

    private static ProvidedValue value(DataInfoId id, String data) {
        return new ProvidedValue(id, 4, data, 7);
    }

    @Test
    default void callsOfOneCallerAreHandedOverInTheirOrder() {
        List<Long> seen = new CopyOnWriteArrayList<>();
        RequestDispatcher dispatcher = new RequestDispatcher().on(RaiseVersion.class, (request, caller) -> {
            seen.add(request.floor().value());
            return CompletableFuture.completedFuture(Done.DONE);
        });
        try (Wire wire = wire(dispatcher)) {
            List<CompletionStage<Done>> calls = new ArrayList<>();
            IntStream.range(0, 2_000).forEach(i -> calls.add(wire.client().call(wire.served(), raise(i), LONG)));
            calls.forEach(PeerClientContract::answer);
            assertThat(seen)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 2_000).mapToObj(Long::valueOf).toList());
        }
    }

    private static RaiseVersion raise(long floor) {
        return new RaiseVersion(DataInfoId.of("service"), new DatumVersion(floor), 0);
    }

    @Test
    default void anAnswerMayOvertakeAnEarlierOne() {
        CompletableFuture<Done> slow = new CompletableFuture<>();
        RequestDispatcher dispatcher = new RequestDispatcher().on(RaiseVersion.class, (request, caller) -> {
            return request.floor().value() == 0 ? slow : CompletableFuture.completedFuture(Done.DONE);
        });
        try (Wire wire = wire(dispatcher)) {
            CompletionStage<Done> first = wire.client().call(wire.served(), raise(0), LONG);
            answer(wire.client().call(wire.served(), raise(1), LONG));
            assertThat(first.toCompletableFuture()).isNotDone();
            slow.complete(Done.DONE);
            assertThat(answer(first)).isEqualTo(Done.DONE);
        }
    }

    @Test
    default void aRequestThatNobodyAnswersFailsNamingIt() {
        try (Wire wire = wire(new RequestDispatcher())) {
            assertThat(failure(wire.client().call(wire.served(), new FetchProvided(1), LONG)))
                    .hasMessageContaining("FetchProvided")
                    .hasMessageContaining(wire.served().toString());
        }
    }

    @Test
    default void aPeerThatIsNotThereFailsNamingIt() {
        try (Wire wire = wire(new RequestDispatcher())) {
            assertThat(failure(wire.client().call(wire.nobody(), new FetchProvided(1), LONG)))
                    .hasMessageContaining(wire.nobody().toString());
        }
    }

    @Test
    default void silenceFailsAfterTheTimeGiven() {
        RequestDispatcher dispatcher =
                new RequestDispatcher().on(FetchProvided.class, (request, caller) -> new CompletableFuture<>());
        try (Wire wire = wire(dispatcher)) {
            assertThat(failure(wire.client().call(wire.served(), new FetchProvided(1), Duration.ofMillis(100))))
                    .hasMessageContaining("FetchProvided")
                    .hasMessageContaining("timed out")
                    .hasMessageContaining(wire.served().toString());
        }
    }

    @Test
    default void aHandlersFailureIsToldInOneLineWithoutItsStack() {
        RequestDispatcher dispatcher = new RequestDispatcher()
                .on(FetchProvided.class, (request, caller) -> {
                    throw new IllegalStateException("the disk is full\nsecret second line");
                })
                .on(
                        RaiseVersion.class,
                        (request, caller) ->
                                CompletableFuture.failedFuture(new IllegalStateException("no such slot here")));
        try (Wire wire = wire(dispatcher)) {
            PeerException thrown = failure(wire.client().call(wire.served(), new FetchProvided(1), LONG));
            assertThat(thrown).hasMessageContaining("the disk is full").hasMessageNotContaining("secret");
            assertThat(thrown.getCause()).isNull();
            assertThat(failure(wire.client().call(wire.served(), raise(1), LONG)))
                    .hasMessageContaining("no such slot here");
        }
    }

    @Test
    default void theHandlerIsToldWhoCalls() {
        AtomicReference<Caller> seen = new AtomicReference<>();
        RequestDispatcher dispatcher = new RequestDispatcher().on(RaiseVersion.class, (request, caller) -> {
            seen.set(caller);
            return CompletableFuture.completedFuture(Done.DONE);
        });
        try (Wire wire = wire(dispatcher)) {
            answer(wire.client().call(wire.served(), raise(1), LONG));
            assertThat(seen.get()).isEqualTo(CALLER);
        }
    }

    @Test
    default void aCallCarriesTheCallersClockThere() {
        HybridClock ahead = clockAt(Stamp.EPOCH_MILLIS + 30_000);
        HybridClock behind = clockAt(Stamp.EPOCH_MILLIS);
        AtomicReference<Stamp> atArrival = new AtomicReference<>();
        RequestDispatcher dispatcher = new RequestDispatcher().on(RaiseVersion.class, (request, caller) -> {
            atArrival.set(behind.latest());
            return CompletableFuture.completedFuture(Done.DONE);
        });
        try (Wire wire = wire(dispatcher, ahead, behind)) {
            Stamp before = ahead.next();
            answer(wire.client().call(wire.served(), raise(1), LONG));
            assertThat(atArrival.get()).isGreaterThan(before);
        }
    }

    @Test
    default void anAnswerCarriesTheCalledNodesClockBack() {
        HybridClock ahead = clockAt(Stamp.EPOCH_MILLIS + 30_000);
        HybridClock behind = clockAt(Stamp.EPOCH_MILLIS);
        Stamp before = ahead.next();
        RequestDispatcher dispatcher = new RequestDispatcher()
                .on(RaiseVersion.class, (request, caller) -> CompletableFuture.completedFuture(Done.DONE));
        try (Wire wire = wire(dispatcher, behind, ahead)) {
            answer(wire.client().call(wire.served(), raise(1), LONG));
            assertThat(behind.latest()).isGreaterThan(before);
        }
    }

    @Test
    default void aFailureCarriesTheCalledNodesClockBackToo() {
        HybridClock ahead = clockAt(Stamp.EPOCH_MILLIS + 30_000);
        HybridClock behind = clockAt(Stamp.EPOCH_MILLIS);
        Stamp before = ahead.next();
        try (Wire wire = wire(new RequestDispatcher(), behind, ahead)) {
            Request<Done> unknown = raise(1);
            failure(wire.client().call(wire.served(), unknown, LONG));
            assertThat(behind.latest()).isGreaterThan(before);
        }
    }
}
