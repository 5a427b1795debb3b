package io.twinspan.registry.runtime;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.Request;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Delivers to the roles of this process without serializing anything: a request is handed to its handler on the caller's own
 * thread, the very object that was sent. Endpoints that are not served here go to another transport. What a caller sees is the
 * same as over a network: a time-out, and a failure that names the peer and carries none of its stack.
 */
public final class InMemoryPeers {
    /** One served endpoint. */
    private record Served(RequestDispatcher dispatcher, HybridClock clock) {}

    private final HybridClock clock;
    private final EventLoop timers;
    private final FaultHandler faults;
    private final Function<Caller, PeerClient> beyond;
    private final Map<Endpoint, Served> served = new ConcurrentHashMap<>();

    /**
     * @param clock of the callers
     * @param timers runs nothing but time-outs
     * @param faults told of handlers that failed by anything but a {@link PeerException}: the caller only gets a line
     * @param beyond the transport to every endpoint that is not served here
     */
    public InMemoryPeers(
            HybridClock clock, EventLoop timers, FaultHandler faults, Function<Caller, PeerClient> beyond) {
        this.clock = clock;
        this.timers = timers;
        this.faults = faults;
        this.beyond = beyond;
    }

    /**
     * Delivers calls to this endpoint, bound or advertised, to the dispatcher from now on.
     *
     * @param roleClock of the role that is called; in a process of its own the same as that of the callers
     * @throws IllegalStateException when the endpoint is served already
     */
    public void serve(Endpoint endpoint, RequestDispatcher dispatcher, HybridClock roleClock) {
        if (served.putIfAbsent(endpoint, new Served(dispatcher, roleClock)) != null) {
            throw new IllegalStateException(endpoint + " is served twice in one process");
        }
    }

    /** Ends what {@link #serve} began; later calls go to the transport beyond. */
    public void leave(Endpoint endpoint) {
        served.remove(endpoint);
    }

    /** True when calls to this endpoint are delivered within the process. */
    public boolean isServed(Endpoint endpoint) {
        return served.containsKey(endpoint);
    }

    /** The client of one role of this process; its calls carry that role's identity. */
    public PeerClient as(Caller self) {
        PeerClient foreign = beyond.apply(self);
        return new PeerClient() {
            @Override
            public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
                Served here = served.get(to);
                return here == null
                        ? foreign.call(to, request, timeout)
                        : deliver(here, new Call<>(self, to, request, timeout));
            }
        };
    }

    private record Call<R>(Caller self, Endpoint to, Request<R> request, Duration timeout) {
        String name() {
            return request.getClass().getSimpleName();
        }
    }

    private <R> CompletionStage<R> deliver(Served here, Call<R> call) {
        if (here.clock() != clock) {
            here.clock().merge(clock.next());
        }
        CompletableFuture<R> result = new CompletableFuture<>();
        CompletionStage<R> answer = here.dispatcher().dispatch(call.request(), call.self());
        answer.whenComplete((value, failure) -> {
            if (here.clock() != clock) {
                clock.merge(here.clock().next());
            }
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(tell(call, failure));
            }
        });
        if (!result.isDone()) {
            limit(result, call);
        }
        return result;
    }

    private <R> void limit(CompletableFuture<R> result, Call<R> call) {
        EventLoop.Timer timer = timers.schedule(
                call.timeout(),
                () -> result.completeExceptionally(PeerException.timedOut(call.name(), call.to(), call.timeout())));
        result.whenComplete((value, failure) -> timer.cancel());
    }

    private PeerException tell(Call<?> call, Throwable failure) {
        Throwable cause = PeerException.unwrap(failure);
        if (!(cause instanceof PeerException)) {
            faults.onFault(cause);
        }
        return PeerException.failedThere(call.name(), call.to(), PeerException.line(cause));
    }
}
