package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Follows one group of servers that know the same: one long poll after the other, at one of them at a time. A server that is asked
 * for the first time, or again after a failure, is asked as if nothing were known, so that it answers at once and the group is known
 * to speak. Belongs to the event loop.
 */
final class PollLine {
    /** What becomes of answers. */
    interface Listener {
        /** The question for this group; empty when there is nothing to ask for. */
        Optional<PollQuestion> question(String group, boolean isNew);

        /** True when the answer counts. */
        boolean onReply(String group, PollReply reply);

        /** One of the servers did not answer. */
        void onFailure(String group, Endpoint server, Throwable why);

        /** None of them answers. */
        void onSilent(String group);
    }

    private final String group;
    private final ServerChoice choice;
    private final ResolverServers servers;
    private final EventLoop loop;
    private final ClientLimits.Times times;
    private final Listener listener;
    private @Nullable CompletableFuture<PollReply> inFlight;
    private EventLoop.@Nullable Timer pause;
    private @Nullable Endpoint followed;
    private boolean isClosed;

    /** What lines have in common. */
    record Ports(EventLoop loop, ResolverServers servers, RandomGenerator chance, Listener listener) {}

    PollLine(String group, Ports ports, ClientLimits.Times times) {
        this.group = group;
        this.loop = ports.loop();
        this.servers = ports.servers();
        this.listener = ports.listener();
        this.times = times;
        this.choice = new ServerChoice(times.firstPause(), times.longestPause(), ports.chance());
    }

    void setServers(List<Endpoint> list) {
        choice.set(list);
        if (followed != null && !list.contains(followed)) {
            followed = null;
            askAgain();
        } else {
            step();
        }
    }

    /** The server that answered last, while it does. */
    Optional<Endpoint> followed() {
        return Optional.ofNullable(followed);
    }

    /** Asks anew: there is more to ask for. */
    void askAgain() {
        CompletableFuture<PollReply> call = inFlight;
        inFlight = null;
        if (call != null) {
            call.cancel(true);
        }
        if (pause == null || followed != null) {
            endPause();
            step();
        }
    }

    void close() {
        isClosed = true;
        endPause();
        if (inFlight != null) {
            inFlight.cancel(true);
            inFlight = null;
        }
    }

    void step() {
        if (isClosed || inFlight != null || pause != null) {
            return;
        }
        Optional<Endpoint> server = choice.pick(loop.nanos());
        if (server.isEmpty()) {
            waitFor(choice.untilNext(loop.nanos()));
            return;
        }
        boolean isNew = !server.get().equals(followed);
        Optional<PollQuestion> question = listener.question(group, isNew);
        if (question.isEmpty()) {
            return;
        }
        CompletableFuture<PollReply> call = servers.poll(server.get(), question.get());
        inFlight = call;
        call.whenComplete((reply, failure) -> loop.execute(() -> onDone(call, server.get(), reply, failure)));
    }

    private void onDone(
            CompletableFuture<PollReply> call,
            Endpoint server,
            @Nullable PollReply reply,
            @Nullable Throwable failure) {
        if (call != inFlight) {
            return;
        }
        inFlight = null;
        followed = server;
        if (reply != null && listener.onReply(group, reply)) {
            choice.onAnswer(server);
            // Who says nothing new before the time is over says it again and again.
            waitFor(reply.changed().isEmpty() ? times.firstPause() : times.betweenPolls());
            return;
        }
        followed = null;
        choice.onFailure(server, loop.nanos());
        if (failure != null) {
            listener.onFailure(group, server, failure);
        }
        if (choice.hasNobody()) {
            listener.onSilent(group);
        }
        step();
    }

    private void waitFor(Duration length) {
        pause = loop.schedule(length.isZero() ? times.betweenPolls() : length, () -> {
            pause = null;
            step();
        });
    }

    private void endPause() {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
    }
}
