package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.subscription.View;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a subscriber is pushed next. Pure: it compares what is held with what was pushed. The number on the client's wire
 * follows three rules. (a) Content confirmed since the subscriber arrived goes under a stamp. (b) Unconfirmed content goes under
 * the version it is held under, so that a client keeps whatever newer it has; once confirmed it goes again under (a). (c) A
 * segment that the view shows after it was emptied, or empties, goes under a stamp whoever has confirmed what.
 *
 * <p>Content that is to follow another segment waits until the subscriber has that one.
 *
 * <p>An unconfirmed segment without addresses is never pushed: nobody stands behind its being empty. A peer's segment is emptied
 * only after the own one went under a stamp: under rule (b) a client that has moved may have ignored the own one, and emptying
 * the other would leave it with nothing.
 */
final class PushPlanner {
    private PushPlanner() {}

    /**
     * The most urgent push that may go out, or nothing while the subscriber has everything it can be given.
     *
     * @param position of the push switch for this subscriber
     */
    static Optional<PushStep> next(ServiceSegments service, Viewer viewer, PushPosition position) {
        View view = service.view(viewer.subscriber().scope(), position);
        PushStep best = null;
        for (Map.Entry<DatacenterId, View.Part> part : view.parts().entrySet()) {
            Optional<PushStep> step = part.getValue() == View.Part.EMPTIED
                    ? emptied(service, viewer, part.getKey())
                    : shown(service, viewer, part, position, view);
            if (step.isPresent()
                    && (position == PushPosition.OPEN || position.lets(PushGate.effect(service, viewer, step.get())))
                    && (best == null || step.get().rank().compareTo(best.rank()) < 0)) {
                best = step.get();
            }
        }
        return Optional.ofNullable(best);
    }

    /** True while some content that the subscriber has not got waits for that of another segment. */
    static boolean isWaiting(ServiceSegments service, Viewer viewer, PushPosition position) {
        View view = service.view(viewer.subscriber().scope(), position);
        return view.parts().entrySet().stream()
                .filter(part -> part.getValue() != View.Part.EMPTIED)
                .anyMatch(part -> service.shown(part.getKey(), position)
                        .filter(held -> !service.isFollowing(held.datum(), viewer, view))
                        .filter(held -> viewer.pushed(part.getKey())
                                .filter(push -> push.has(new Content(part.getValue(), held.version(), false)))
                                .isEmpty())
                        .isPresent());
    }

    private static Optional<PushStep> emptied(ServiceSegments service, Viewer viewer, DatacenterId segment) {
        boolean isOwnThere = viewer.pushed(service.own())
                .filter(own -> own.isStamped() && !own.hasFailed())
                .isPresent();
        boolean isDone = viewer.pushed(segment)
                .filter(push -> push.has(Content.EMPTIED) && push.isStamped())
                .isPresent();
        return !isOwnThere || isDone
                ? Optional.empty()
                : Optional.of(new PushStep(segment, Content.EMPTIED, true, null, PushStep.Rank.PEER_EMPTIED, true));
    }

    private static Optional<PushStep> shown(
            ServiceSegments service,
            Viewer viewer,
            Map.Entry<DatacenterId, View.Part> shown,
            PushPosition position,
            View view) {
        DatacenterId segment = shown.getKey();
        View.Part part = shown.getValue();
        HeldSegment held = service.shown(segment, position).orElse(null);
        if (held == null) {
            return Optional.empty();
        }
        boolean isUnshrunk = position == PushPosition.HOLD_SHRINK && service.isUnshrunk(segment);
        Content content = new Content(part, held.version(), isUnshrunk);
        Pushed before = viewer.pushed(segment).orElse(null);
        // What was held when push was closed is nobody's word of today: it goes as unconfirmed, and again when push
        // opens.
        boolean isConfirmed = position != PushPosition.CLOSED && service.isConfirmed(segment, viewer.arrival());
        boolean isOwn = segment.equals(service.own());
        int count = held.count(part);
        if (!service.isFollowing(held.datum(), viewer, view)) {
            HeldSegment bridged =
                    isConfirmed ? service.bridged(held, viewer, view).orElse(null) : null;
            Content both = new Content(part, held.version(), true);
            if (bridged != null && (before == null || !before.has(both) || !before.isStamped())) {
                return Optional.of(new PushStep(segment, both, true, bridged, rank(isOwn, true), false));
            }
            return before == null ? provisional(segment, content, held, isOwn) : Optional.empty();
        }
        if (before != null && before.has(content)) {
            PushStep.Rank again = isOwn ? PushStep.Rank.OWN_CONFIRMED : PushStep.Rank.PEER_CONFIRMED;
            return before.isStamped() || !isConfirmed
                    ? Optional.empty()
                    : Optional.of(new PushStep(segment, content, true, held, again, false));
        }
        boolean mayBeEmptied = before != null && before.mayBeEmptied();
        boolean isStamped = isConfirmed || mayBeEmptied;
        if (!isStamped && count == 0) {
            return Optional.empty();
        }
        boolean grows = count > 0 && (before == null || count >= before.count());
        return Optional.of(new PushStep(segment, content, isStamped, held, rank(isOwn, grows), mayBeEmptied));
    }

    /** First lists wait for nobody, and whoever has one from elsewhere keeps it until this one may take its place. */
    private static Optional<PushStep> provisional(
            DatacenterId segment, Content content, HeldSegment held, boolean isOwn) {
        return held.count(content.part()) == 0
                ? Optional.empty()
                : Optional.of(new PushStep(segment, content, false, held, rank(isOwn, true), false, true));
    }

    private static PushStep.Rank rank(boolean isOwn, boolean grows) {
        if (isOwn) {
            return grows ? PushStep.Rank.OWN_GROWS : PushStep.Rank.OWN_SHRINKS;
        }
        return grows ? PushStep.Rank.PEER_GROWS : PushStep.Rank.PEER_SHRINKS;
    }
}
