package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.node.session.Backoff;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.subscription.Scope;
import io.twinspan.registry.subscription.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one service on one connection, and their pushes: one in flight, the next planned only when it is answered,
 * so the newest always replaces what waits. Subscribers that need the same push share it. A push that failed is planned again
 * after a pause, as long as the connection lives.
 */
final class PushLane {
    private record Candidate(Viewer viewer, PushStep step) {
        boolean isSamePush(Candidate other) {
            return viewer.subscriber().scope() == other.viewer.subscriber().scope()
                    && step.segment().equals(other.step.segment())
                    && step.content().equals(other.step.content())
                    && step.isStamped() == other.step.isStamped()
                    && step.isProvisional() == other.step.isProvisional();
        }
    }

    /**
     * The number of first lists while push is not open, which are not what the version of the datum names, and of those that another
     * segment should have come before. A client that starts
     * takes any number; one that has lost its session and comes back has a higher one of every segment and keeps what it has.
     */
    private static final long LOWEST = 1;

    /** Failures in a row after which somebody should know. */
    private static final int OFTEN = 5;

    private final SubscribedService service;
    private final ConnectionPushes line;
    private final PushContext context;
    private final Backoff backoff;
    private final Runnable flush = this::flush;
    private final Map<String, Viewer> viewers = new LinkedHashMap<>();
    private int globals;
    private boolean isInFlight;
    private long generation = -1;
    private PushPosition position = PushPosition.OPEN;
    private int failures;
    private EventLoop.@Nullable Timer wake;

    PushLane(SubscribedService service, ConnectionPushes line, PushContext context, PushSettings settings) {
        this.service = service;
        this.line = line;
        this.context = context;
        this.backoff = context.backoff(settings);
    }

    void add(Subscriber subscriber, long arrival) {
        count(viewers.put(subscriber.registId(), new Viewer(subscriber, arrival)), -1);
        count(viewers.get(subscriber.registId()), 1);
        service.onUnsettled(this);
    }

    @Nullable
    Subscriber remove(String registId) {
        Viewer removed = viewers.remove(registId);
        count(removed, -1);
        return removed == null ? null : removed.subscriber();
    }

    List<Subscriber> subscribers() {
        return viewers.values().stream().map(Viewer::subscriber).toList();
    }

    boolean isEmpty() {
        return viewers.isEmpty();
    }

    /** True when everything its subscribers may be shown has been confirmed since they arrived. */
    boolean isSettled() {
        ServiceSegments segments = service.segments();
        return !hasUnconfirmed(segments.own())
                && (!looksBeyond() || segments.wantedPeers().stream().noneMatch(this::hasUnconfirmed));
    }

    private boolean looksBeyond() {
        return globals > 0 || (!viewers.isEmpty() && service.segments().isForEveryScope());
    }

    boolean hasUnconfirmed(DatacenterId segment) {
        return viewers.values().stream().anyMatch(v -> !service.segments().isConfirmed(segment, v.arrival()));
    }

    ConnectionPushes line() {
        return line;
    }

    /** All subscribers start over, as if they had just arrived. */
    void arriveAgain(long arrival) {
        viewers.replaceAll((id, viewer) -> new Viewer(viewer.subscriber(), arrival));
        service.onUnsettled(this);
    }

    /** Sends the most urgent push if nothing is under way. */
    void flush() {
        if (isInFlight || (failures > 0 && wake != null) || !line.isOpen() || viewers.isEmpty()) {
            return;
        }
        List<Candidate> candidates = candidates();
        if (candidates.isEmpty()) {
            return;
        }
        if (!line.hasRoom(flush)) {
            context.metrics().heldBack.increment();
            return;
        }
        long now = context.loop().nanos();
        long shortestWait = Long.MAX_VALUE;
        for (Candidate each : candidates) {
            SharedStamps.Found number = number(each, now);
            if (number.isReady()) {
                send(each, candidates, number.wireVersion());
                return;
            }
            shortestWait = Math.min(shortestWait, number.waitNanos());
        }
        wakeAfter(Duration.ofNanos(shortestWait));
    }

    private List<Candidate> candidates() {
        PushPosition position = position();
        List<Candidate> candidates = new ArrayList<>(1);
        for (Viewer viewer : viewers.values()) {
            PushPlanner.next(service.segments(), viewer, position)
                    .ifPresent(step -> candidates.add(new Candidate(viewer, step)));
        }
        candidates.sort(Comparator.comparing(candidate -> candidate.step.rank()));
        return candidates;
    }

    /** How far push is closed for this connection's subscribers of the service. */
    PushPosition position() {
        PushGate gate = context.gate();
        if (gate.generation() != generation) {
            generation = gate.generation();
            position = gate.position(
                    service.segments().service(), line.connection().remoteAddress());
        }
        return position;
    }

    /** Number of pushes that would go out at least if push were open. */
    int behind() {
        int behind = 0;
        if (position() != PushPosition.OPEN) {
            for (Viewer viewer : viewers.values()) {
                behind += PushPlanner.next(service.segments(), viewer, PushPosition.OPEN)
                                .isPresent()
                        ? 1
                        : 0;
            }
        }
        return behind;
    }

    /** Number of subscribers with a list that waits for one of another datacenter. */
    int waiting() {
        int waiting = 0;
        for (Viewer viewer : viewers.values()) {
            waiting += PushPlanner.isWaiting(service.segments(), viewer, position()) ? 1 : 0;
        }
        return waiting;
    }

    private SharedStamps.Found number(Candidate candidate, long now) {
        PushStep step = candidate.step;
        if (step.isStamped()) {
            return service.stamps()
                    .stamp(step, candidate.viewer, service.arrivals().count(), now);
        }
        boolean isKept = position() == PushPosition.CLOSED || step.content().isUnshrunk() || step.isProvisional();
        return new SharedStamps.Found(isKept ? LOWEST : step.content().version().value(), 0);
    }

    private void send(Candidate chosen, List<Candidate> candidates, long wireVersion) {
        PushStep step = chosen.step;
        List<Viewer> sharing = new ArrayList<>(1);
        for (Candidate each : candidates) {
            if (each.isSamePush(chosen)
                    && (!step.isStamped() || service.stamps().fits(each.step, each.viewer))) {
                sharing.add(each.viewer);
                each.viewer.onPush(
                        step.segment(),
                        new Pushed(
                                step.content(),
                                step.isStamped(),
                                wireVersion,
                                step.count(),
                                false,
                                each.step.mayBeEmptied(),
                                each.viewer
                                        .pushed(step.segment())
                                        .map(before -> before.isFirst() && before.hasFailed())
                                        .orElse(true)));
            }
        }
        if (step.isStamped()) {
            service.stampAgainWhenClocksMayDiffer(this, sharing);
        }
        cancelWake();
        isInFlight = true;
        line.onSent();
        context.metrics().sent.increment();
        deliver(push(chosen, sharing, wireVersion))
                .whenComplete((isTaken, failure) ->
                        context.loop().execute(() -> onAnswered(sharing, step.segment(), failure == null && isTaken)));
    }

    private SegmentPush push(Candidate chosen, List<Viewer> sharing, long wireVersion) {
        PushStep step = chosen.step;
        return new SegmentPush(
                service.segments().service(),
                sharing.stream().map(viewer -> viewer.subscriber().registId()).toList(),
                step.segment(),
                chosen.viewer.subscriber().scope(),
                wireVersion,
                step.addresses(),
                service.segments().zone());
    }

    // A transport that throws instead of failing its stage must not stop the lane.
    private CompletionStage<Boolean> deliver(SegmentPush push) {
        try {
            return line.connection().push(push);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void onAnswered(List<Viewer> sharing, DatacenterId segment, boolean isTaken) {
        isInFlight = false;
        line.onDone();
        if (isTaken) {
            failures = 0;
            sharing.forEach(viewer -> viewer.onTaken(segment));
            flush();
            return;
        }
        context.metrics().failed.increment();
        sharing.forEach(viewer -> viewer.onFailure(segment));
        failures++;
        if (failures == OFTEN) {
            context.metrics().failedOften.increment();
        }
        context.metrics()
                .failures
                .failed(
                        context.loop().nanos(),
                        service.segments().service(),
                        line.connection().remoteAddress(),
                        failures);
        wakeAfter(backoff.pause(failures));
    }

    private void wakeAfter(Duration pause) {
        cancelWake();
        wake = context.loop().schedule(pause, () -> {
            wake = null;
            flush();
        });
    }

    private void cancelWake() {
        if (wake != null) {
            wake.cancel();
            wake = null;
        }
    }

    /** Forgets its timers; it will not be used again. */
    void close() {
        cancelWake();
        viewers.values().forEach(viewer -> count(viewer, -1));
        viewers.clear();
    }

    private void count(@Nullable Viewer viewer, int sign) {
        if (viewer != null && viewer.subscriber().scope() == Scope.GLOBAL) {
            globals += sign;
            service.countGlobal(sign);
        }
    }

    /** Stamps these once more, if they are still here. */
    void stampAgain(List<Viewer> again, long arrival) {
        for (Viewer viewer : again) {
            if (viewers.get(viewer.subscriber().registId()) == viewer) {
                viewer.arriveAgain(arrival);
                context.metrics().stampedAgain.increment();
            }
        }
        service.onUnsettled(this);
        flush();
    }
}
