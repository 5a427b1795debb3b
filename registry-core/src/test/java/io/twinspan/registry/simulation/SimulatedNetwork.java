package io.twinspan.registry.simulation;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.runtime.RequestDispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The network between simulated processes, all chance by seed. It keeps what {@link PeerClient} promises, order to one endpoint
 * included, unless {@link Weather} says otherwise. Within a process requests are handed over at once, as in memory.
 */
public final class SimulatedNetwork {
    /**
     * How it is on the way.
     *
     * @param fastest shortest time of one way
     * @param slowest longest time of one way
     * @param loss share of messages that never arrive, as when a connection breaks
     * @param duplication share of requests that arrive a second time, later than what followed them
     * @param reordering share of requests that what was sent after them may overtake
     */
    public record Weather(Duration fastest, Duration slowest, double loss, double duplication, double reordering) {
        /** 50 µs to 2 ms, and everything arrives once and in order. */
        public static final Weather FAIR = new Weather(Duration.ofNanos(50_000), Duration.ofMillis(2), 0, 0, 0);
    }

    /** Sees, and may change, what travels; for checkers and for faults that are planted. */
    public interface Tap {
        /** What arrives in place of this request. */
        default <R> Request<R> onRequest(Caller from, Endpoint to, Request<R> request) {
            return request;
        }

        /** What arrives in place of this answer. */
        default <R> R onAnswer(Caller to, Request<R> request, R answer) {
            return answer;
        }

        /** A request was carried out and this is its answer, as it leaves the one who was asked. */
        default <R> void onAnswered(Endpoint by, Caller to, Request<R> request, R answer) {}
    }

    private record Served(SimulatedProcess process, RequestDispatcher dispatcher) {}

    private record Way(String from, String to) {}

    private final ManualClock time;
    private final ManualEventLoop agenda;
    private final Random random;
    private final Map<Endpoint, Served> served = new HashMap<>();
    private final Map<Way, Long> lastArrival = new HashMap<>();
    private final Set<Way> cut = new HashSet<>();
    private final Map<Way, Duration> slowed = new HashMap<>();
    private final List<Tap> taps = new ArrayList<>();
    private Weather weather = Weather.FAIR;

    /** A network in fair weather without anybody on it. */
    public SimulatedNetwork(ManualClock time, Random random) {
        this.time = time;
        this.agenda = new ManualEventLoop(time);
        this.random = random;
    }

    /** Other weather from now on. */
    public void weather(Weather now) {
        weather = now;
    }

    /** Everything passes this tap from now on, after those added before. */
    public void tap(Tap tap) {
        taps.add(tap);
    }

    /** This life of a process answers at the endpoint from now on, in place of an earlier life. */
    public void serve(SimulatedProcess process, Endpoint endpoint, RequestDispatcher dispatcher) {
        served.put(endpoint, new Served(process, dispatcher));
    }

    /** Nothing gets from one to the other any more, by process name; the way back is another one. */
    public void cut(String from, String to) {
        cut.add(new Way(from, to));
    }

    /** Every way is open again. */
    public void heal() {
        cut.clear();
    }

    /** What was cut is open again. */
    public void open(String from, String to) {
        cut.remove(new Way(from, to));
    }

    /** Everything takes so much longer from one to the other from now on; zero for no longer than the weather makes it. */
    public void slow(String from, String to, Duration more) {
        slowed.put(new Way(from, to), more);
    }

    /** True when nothing gets from one to the other. */
    public boolean isCut(String from, String to) {
        return cut.contains(new Way(from, to));
    }

    /** The client of one role of a process. */
    public PeerClient as(SimulatedProcess process, Caller self) {
        return new PeerClient() {
            @Override
            public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
                Served there = served.get(to);
                CompletableFuture<R> result = new CompletableFuture<>();
                EventLoop.Timer end = agenda.schedule(
                        timeout,
                        () -> process.run(() -> result.completeExceptionally(
                                PeerException.timedOut(request.getClass().getSimpleName(), to, timeout))));
                result.whenComplete((answer, failure) -> end.cancel());
                if (there == null || !there.process.isAlive()) {
                    agenda.schedule(
                            oneWay(),
                            () -> process.run(() ->
                                    result.completeExceptionally(new PeerException(to + " refuses the connection"))));
                } else if (there.process == process) {
                    handle(there, self, to, request, result);
                } else {
                    send(
                            process,
                            there.process,
                            () -> handle(there, self, to, request, answered(process, there, result)));
                }
                return result;
            }
        };
    }

    /** Something said without an answer, by a stand-in that has a protocol of its own; as much at the mercy of the way as any request. */
    public void tell(SimulatedProcess from, SimulatedProcess to, Runnable onArrival) {
        send(from, to, onArrival);
    }

    private <R> void handle(Served there, Caller self, Endpoint to, Request<R> request, CompletableFuture<R> result) {
        Request<R> arriving = request;
        for (Tap tap : taps) {
            arriving = tap.onRequest(self, to, arriving);
        }
        Request<R> arrived = arriving;
        there.dispatcher.dispatch(arrived, self).whenComplete((value, failure) -> {
            if (failure != null) {
                result.completeExceptionally(
                        PeerException.failedThere(arrived.getClass().getSimpleName(), to, PeerException.line(failure)));
                return;
            }
            R answer = value;
            for (Tap tap : taps) {
                answer = tap.onAnswer(self, arrived, answer);
            }
            for (Tap tap : taps) {
                tap.onAnswered(to, self, arrived, answer);
            }
            result.complete(answer);
        });
    }

    private void send(SimulatedProcess from, SimulatedProcess to, Runnable onArrival) {
        Stamp reading = from.clock().next();
        Runnable arrival = () -> to.run(() -> {
            to.clock().merge(reading);
            onArrival.run();
        });
        boolean isOrdered = random.nextDouble() >= weather.reordering;
        carry(from.name(), to.name(), isOrdered, arrival);
        if (random.nextDouble() < weather.duplication) {
            carry(from.name(), to.name(), false, arrival);
        }
    }

    /** Brings an answer back: completing the returned stage completes {@code result} at the caller, some time later. */
    private <R> CompletableFuture<R> answered(SimulatedProcess caller, Served there, CompletableFuture<R> result) {
        CompletableFuture<R> atServer = new CompletableFuture<>();
        atServer.whenComplete((answer, failure) -> {
            Stamp reading = there.process.clock().next();
            carry(
                    there.process.name(),
                    caller.name(),
                    false,
                    () -> caller.run(() -> {
                        caller.clock().merge(reading);
                        if (failure == null) {
                            result.complete(answer);
                        } else {
                            result.completeExceptionally(failure);
                        }
                    }));
        });
        return atServer;
    }

    private void carry(String from, String to, boolean isOrdered, Runnable arrival) {
        Way way = new Way(from, to);
        if (cut.contains(way) || random.nextDouble() < weather.loss) {
            return;
        }
        long due = time.nanos()
                + oneWay().toNanos()
                + slowed.getOrDefault(way, Duration.ZERO).toNanos();
        if (isOrdered) {
            due = Math.max(due, lastArrival.getOrDefault(way, 0L));
            lastArrival.put(way, due);
        }
        agenda.schedule(Duration.ofNanos(due - time.nanos()), () -> {
            if (!cut.contains(way)) {
                arrival.run();
            }
        });
    }

    private Duration oneWay() {
        long least = weather.fastest.toNanos();
        return Duration.ofNanos(least + random.nextLong(weather.slowest.toNanos() - least + 1));
    }
}
