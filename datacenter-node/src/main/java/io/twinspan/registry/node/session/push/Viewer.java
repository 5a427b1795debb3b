package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.subscription.Subscriber;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One subscriber since it (last) arrived, and what it was pushed since. */
final class Viewer {
    private final Subscriber subscriber;
    private final Map<DatacenterId, Pushed> pushed = new HashMap<>();
    private long arrival;
    private boolean isWatched;

    /** @param arrival place in the session's count of arrivals; a question asked later has a number at least as high */
    Viewer(Subscriber subscriber, long arrival) {
        this.subscriber = subscriber;
        this.arrival = arrival;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    long arrival() {
        return arrival;
    }

    Optional<Pushed> pushed(DatacenterId segment) {
        return Optional.ofNullable(pushed.get(segment));
    }

    /** True while it has taken nothing at all, as far as is known. */
    boolean isUnserved() {
        return pushed.values().stream().allMatch(push -> push.isFirst() && push.hasFailed());
    }

    void onPush(DatacenterId segment, Pushed push) {
        pushed.put(segment, push);
    }

    void onTaken(DatacenterId segment) {
        pushed.computeIfPresent(segment, (id, push) -> push.taken());
    }

    void onFailure(DatacenterId segment) {
        pushed.computeIfPresent(segment, (id, push) -> push.failed());
    }

    /** Starts over: what it was pushed has to be confirmed and stamped again, although nothing has changed. */
    void arriveAgain(long newArrival) {
        arrival = newArrival;
        pushed.replaceAll((id, push) -> push.unstamped());
    }

    /** True the first time only. */
    boolean watchOnce() {
        boolean isFirst = !isWatched;
        isWatched = true;
        return isFirst;
    }
}
