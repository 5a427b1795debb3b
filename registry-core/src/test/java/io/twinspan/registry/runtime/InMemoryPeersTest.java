package io.twinspan.registry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.contract.PeerClientContract;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class InMemoryPeersTest implements PeerClientContract {
    private static final Endpoint HERE = new Endpoint("here", 9620);
    private static final Endpoint NOBODY = new Endpoint("nobody", 9620);

    @Override
    public Wire wire(RequestDispatcher dispatcher, HybridClock callerClock, HybridClock calledClock) {
        ThreadEventLoop timers = new ThreadEventLoop("timers", fault -> {});
        InMemoryPeers peers = new InMemoryPeers(callerClock, timers, fault -> {}, self -> new Unreachable());
        peers.serve(HERE, dispatcher, calledClock);
        PeerClient client = peers.as(CALLER);
        return new Wire() {
            @Override
            public PeerClient client() {
                return client;
            }

            @Override
            public Endpoint served() {
                return HERE;
            }

            @Override
            public Endpoint nobody() {
                return NOBODY;
            }

            @Override
            public void close() {
                timers.close();
            }
        };
    }

    @Test
    void oneEndpointIsServedOnce() {
        InMemoryPeers peers = peers(new CopyOnWriteArrayList<>());
        peers.serve(HERE, new RequestDispatcher(), PeerClientContract.clockAt(0));
        assertThatThrownBy(() -> peers.serve(HERE, new RequestDispatcher(), PeerClientContract.clockAt(0)))
                .hasMessageContaining("here:9620");
    }

    @Test
    void afterLeavingCallsGoBeyond() {
        InMemoryPeers peers = peers(new CopyOnWriteArrayList<>());
        peers.serve(HERE, new RequestDispatcher(), PeerClientContract.clockAt(0));
        peers.leave(HERE);
        assertThat(peers.as(CALLER).call(HERE, new FetchProvided(0), Duration.ofSeconds(1)))
                .isCompletedExceptionally();
    }

    @Test
    void aFaultOfAHandlerIsReportedWhereItHappened() {
        List<Throwable> faults = new CopyOnWriteArrayList<>();
        InMemoryPeers peers = peers(faults);
        IllegalStateException fault = new IllegalStateException("broken");
        peers.serve(
                HERE,
                new RequestDispatcher()
                        .on(FetchProvided.class, (request, caller) -> CompletableFuture.failedFuture(fault)),
                PeerClientContract.clockAt(0));
        CompletionStage<ProvidedChanges> call =
                peers.as(CALLER).call(HERE, new FetchProvided(0), Duration.ofSeconds(1));
        assertThat(call).isCompletedExceptionally();
        assertThat(faults).containsExactly(fault);
    }

    private static InMemoryPeers peers(List<Throwable> faults) {
        ThreadEventLoop timers = new ThreadEventLoop("timers", fault -> {});
        return new InMemoryPeers(PeerClientContract.clockAt(0), timers, faults::add, self -> new Unreachable());
    }

    private static final class Unreachable implements PeerClient {
        @Override
        public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
            return CompletableFuture.failedFuture(new PeerException("nothing listens at " + to));
        }
    }
}
