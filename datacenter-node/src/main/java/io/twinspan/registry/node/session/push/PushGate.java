package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.pushswitch.PushEffect;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushScope;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import java.util.List;

/** The push switch as this session obeys it. Belongs to the session's event loop. */
public final class PushGate {
    private final boolean isFirstListGiven;
    private PushSwitch tokens = PushSwitch.OPEN;
    private boolean isKnown = true;
    private long generation;

    /** Open, and when it is closed, clients that start get a first list. */
    public PushGate() {
        this(true);
    }

    /**
     * Open.
     *
     * @param isFirstListGiven false when clients that start while push is closed get nothing either
     */
    public PushGate(boolean isFirstListGiven) {
        this.isFirstListGiven = isFirstListGiven;
    }

    /** Other tokens are in force; those that have ended by themselves are not among them. */
    void set(PushSwitch inForce) {
        tokens = inForce;
        isKnown = true;
        generation++;
    }

    /** Nobody has said yet whether push is closed. */
    void forget() {
        tokens = PushSwitch.OPEN;
        isKnown = false;
        generation++;
    }

    /** Rises whenever a position may be another one. */
    long generation() {
        return generation;
    }

    /** How far push is closed for a client's subscribers of a service. */
    PushPosition position(DataInfoId id, String client) {
        if (!isKnown) {
            return PushPosition.UNKNOWN;
        }
        PushPosition position = tokens.tokens().isEmpty() ? PushPosition.OPEN : tokens.position(id, client, 0);
        // The position that lets nothing out at all.
        return position == PushPosition.CLOSED && !isFirstListGiven ? PushPosition.UNKNOWN : position;
    }

    /** What of push is at that position, as far as it is about the service; none when that is so for no client. */
    List<PushScope> scopes(PushPosition position, DataInfoId id) {
        return tokens.tokens().stream()
                .filter(token -> token.position() == position && token.scope().covers(id))
                .map(PushToken::scope)
                .toList();
    }

    /** True when push of the service is not open for every client. */
    boolean isAnywhereClosed(DataInfoId id) {
        return !isKnown
                || tokens.tokens().stream().anyMatch(token -> token.scope().covers(id));
    }

    /** What a step would do to the list that a client shows. */
    static PushEffect effect(ServiceSegments service, Viewer viewer, PushStep step) {
        Pushed before = viewer.pushed(step.segment()).orElse(null);
        if (step.content().isOutsideView() || (before != null && step.count() < before.count())) {
            return PushEffect.REMOVAL;
        }
        boolean isNothingThere = before == null || (before.isFirst() && before.hasFailed());
        if (isNothingThere && (service.isStarting(viewer.arrival()) || viewer.isUnserved())) {
            return PushEffect.FIRST_LIST;
        }
        return before != null && before.has(step.content()) ? PushEffect.REPETITION : PushEffect.ADDITION;
    }
}
