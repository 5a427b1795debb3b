package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.policy.PeerShowing;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.subscription.OwnSegment;
import io.twinspan.registry.subscription.Scope;
import io.twinspan.registry.subscription.View;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the session holds of one service, and as of when it is confirmed. "When" is counted in arrivals of subscribers: an answer
 * to a question that was asked after a subscriber arrived confirms the content for it. Not known is never the same as empty:
 * only a confirmed answer makes a segment empty.
 */
public final class ServiceSegments {
    private static final long NEVER = -1;

    private final DataInfoId service;
    private ServiceFacts facts;
    private Map<DatacenterId, PeerShowing> showings;
    private final Map<DatacenterId, HeldSegment> held = new HashMap<>();
    private final Map<DatacenterId, Long> confirmedAsOf = new HashMap<>();
    private final Map<Scope, View> views = new EnumMap<>(Scope.class);
    private final KeptSegments kept = new KeptSegments();
    private final Map<DatacenterId, Map<DatacenterId, DatumVersion>> givenUp = new HashMap<>();
    private final Set<DatacenterId> inCustody = new HashSet<>();

    ServiceSegments(DataInfoId service, ServiceFacts facts) {
        this.service = service;
        this.facts = facts;
        this.showings = facts.showings(service);
    }

    /** The service. */
    public DataInfoId service() {
        return service;
    }

    /** The version held; {@link DatumVersion#NONE} when nothing is known. */
    public DatumVersion version(DatacenterId segment) {
        return find(segment).map(Datum::version).orElse(DatumVersion.NONE);
    }

    /** The content held. */
    public Optional<Datum> find(DatacenterId segment) {
        return held(segment).map(HeldSegment::datum);
    }

    /**
     * Takes in an answer of the slot leader.
     *
     * @param askedAt count of arrivals when the question was sent
     */
    public SegmentNews onAnswer(DatumAnswer answer, long askedAt) {
        return switch (answer.status()) {
            case UNKNOWN, NOT_LEADER, WARMING, TOO_BIG -> SegmentNews.NOTHING;
            case UNCHANGED -> onSame(answer, askedAt);
            case WITHDRAWN -> onWithdrawn(answer, askedAt);
            case IN_CUSTODY -> onCustody(answer, askedAt);
            // Unconfirmed emptiness is what a restart looks like; it says nothing.
            case EMPTY ->
                answer.isConfirmed()
                        ? onContent(
                                Datum.empty(answer.datacenter(), answer.id()).withVersion(answer.version()),
                                answer,
                                askedAt)
                        : SegmentNews.NOTHING;
            case OK -> onContent(Objects.requireNonNull(answer.datum()), answer, askedAt);
        };
    }

    /** True when the segment has been confirmed since that arrival. */
    public boolean isConfirmed(DatacenterId segment, long arrival) {
        return confirmedAsOf.getOrDefault(segment, NEVER) >= arrival;
    }

    List<DatacenterId> peers() {
        return facts.peers();
    }

    /** The peers of which this session has to know the service. */
    public List<DatacenterId> wantedPeers() {
        return facts.peers().stream().filter(this::isWanted).toList();
    }

    /**
     * Policies have changed. What no policy wants any more is forgotten, because nobody will tell when it changes.
     *
     * @return true when somebody may be shown other segments than before
     */
    boolean onFacts(ServiceFacts next) {
        facts = next;
        Map<DatacenterId, PeerShowing> before = showings;
        showings = next.showings(service);
        if (showings.equals(before)) {
            return false;
        }
        for (DatacenterId peer : next.peers()) {
            if (!isWanted(peer)) {
                held.remove(peer);
                inCustody.remove(peer);
                kept.forget(peer);
                confirmedAsOf.remove(peer);
            }
        }
        views.clear();
        return true;
    }

    private boolean isWanted(DatacenterId peer) {
        PeerShowing showing = showings.get(peer);
        return showing != null && showing.view().wantsPeer();
    }

    /**
     * Push of this service is closed, or removals wait, for some client, or no longer.
     *
     * @param arrivals how many subscribers have arrived by now
     */
    void onGate(PushGate gate, long arrivals) {
        kept.freeze(gate.scopes(PushPosition.CLOSED, service), held, arrivals);
        kept.holdShrink(!gate.scopes(PushPosition.HOLD_SHRINK, service).isEmpty());
    }

    /** True for a subscriber that came while push was closed already. */
    boolean isStarting(long arrival) {
        return kept.isAfterFreezing(arrival);
    }

    /** What a segment is shown as at a position of the push switch. */
    Optional<HeldSegment> shown(DatacenterId segment, PushPosition position) {
        return switch (position) {
            case OPEN, UNKNOWN -> held(segment);
            case HOLD_SHRINK -> kept.unshrunk(segment).or(() -> held(segment));
            case CLOSED -> kept.frozen(segment);
        };
    }

    /** True when somebody has gone of a segment while removals wait. */
    boolean isUnshrunk(DatacenterId segment) {
        return kept.unshrunk(segment).isPresent();
    }

    /** What a scope is shown at a position of the push switch: of what was held when push was closed, or of what is held now. */
    View view(Scope scope, PushPosition position) {
        return position == PushPosition.CLOSED
                ? View.decide(scope, own(kept.frozen(facts.own()).map(HeldSegment::datum)), showings)
                : view(scope);
    }

    /** True while clients move between here and a peer, so that whoever subscribes looks at both. */
    boolean isForEveryScope() {
        return showings.values().stream().anyMatch(PeerShowing::isForEveryScope);
    }

    /** What the segments held are to follow, by segment; none of those that follow nothing. */
    Map<DatacenterId, Map<DatacenterId, DatumVersion>> followed() {
        Map<DatacenterId, Map<DatacenterId, DatumVersion>> all = new HashMap<>();
        held.forEach((segment, each) -> {
            if (!each.datum().after().isEmpty()) {
                all.put(segment, each.datum().after());
            }
        });
        return all;
    }

    /** Nobody waits any longer for this. */
    void giveUp(Map<DatacenterId, Map<DatacenterId, DatumVersion>> followed) {
        givenUp.clear();
        givenUp.putAll(followed);
    }

    /**
     * True when a subscriber has of other segments what this one is to be given after. Of what has gone over from one datacenter to
     * another the one list may arrive here before the other; given in that order, the union that the client shows would lose it for
     * a moment. What the subscriber is not shown at all it does not wait for. Of a peer that is lost nothing newer comes: what is
     * left of it will do, and whoever is not in that any more has gone.
     */
    boolean isFollowing(Datum content, Viewer viewer, View view) {
        Map<DatacenterId, DatumVersion> after = content.after();
        return after.isEmpty()
                || after.equals(givenUp.get(content.datacenter()))
                || after.entrySet().stream().noneMatch(each -> isMissing(each.getKey(), each.getValue(), viewer, view));
    }

    private boolean isMissing(DatacenterId segment, DatumVersion least, Viewer viewer, View view) {
        return isAwaited(segment, view)
                && viewer.pushed(segment)
                        .filter(there -> isThere(there, segment, least))
                        .isEmpty();
    }

    /** The own one is in every view, as soon as anything is known of it. */
    private boolean isAwaited(DatacenterId segment, View view) {
        boolean isSomethingLeft =
                find(segment).filter(datum -> datum.count() > 0).isPresent();
        return (segment.equals(facts.own()) || view.shows(segment))
                && (isSomethingLeft || !inCustody.contains(segment));
    }

    private boolean isThere(Pushed there, DatacenterId segment, DatumVersion least) {
        return inCustody.contains(segment) ? there.isThereAs(version(segment)) : there.isThere(least);
    }

    /**
     * A segment together with those that it waits for while they wait for it, as after clients have moved there and back: given so
     * first, and then each as it is, the union never lacks anything. Empty when one that it waits for does not wait for it, or is not
     * held yet as it is waited for: whoever has gone over would not be in it.
     */
    Optional<HeldSegment> bridged(HeldSegment content, Viewer viewer, View view) {
        Datum datum = content.datum();
        List<Publisher> all = new ArrayList<>(datum.publishers());
        for (Map.Entry<DatacenterId, DatumVersion> each : datum.after().entrySet()) {
            DatacenterId segment = each.getKey();
            if (!isMissing(segment, each.getValue(), viewer, view)) {
                continue;
            }
            HeldSegment there = held.get(segment);
            if (there == null
                    || (!inCustody.contains(segment) && each.getValue().isAfter(there.version()))
                    || isFollowing(there.datum(), viewer, view)) {
                return Optional.empty();
            }
            all.addAll(there.datum().publishers());
        }
        return Optional.of(
                new HeldSegment(Datum.of(datum.datacenter(), service, datum.version(), all, List.of()), facts.zone()));
    }

    DatacenterId own() {
        return facts.own();
    }

    String zone() {
        return facts.zone();
    }

    Optional<HeldSegment> held(DatacenterId segment) {
        return Optional.ofNullable(held.get(segment));
    }

    /** What a scope is shown; made anew only when the own segment or a policy has changed. */
    View view(Scope scope) {
        return views.computeIfAbsent(scope, each -> View.decide(each, own(find(facts.own())), showings));
    }

    private OwnSegment own(Optional<Datum> datum) {
        return datum.map(known -> OwnSegment.of(facts.own(), known.addressCount()))
                .orElse(OwnSegment.unknown(facts.own()));
    }

    private void hold(DatacenterId segment, Datum datum) {
        HeldSegment now = new HeldSegment(datum, facts.zone());
        kept.onHeld(segment, held.put(segment, now), now, facts.zone());
    }

    /** Shown as empty, under no version: whatever is answered later is newer. */
    private SegmentNews onWithdrawn(DatumAnswer answer, long askedAt) {
        DatacenterId segment = answer.datacenter();
        HeldSegment before = held.get(segment);
        if (before == null || before.version().equals(DatumVersion.NONE)) {
            return SegmentNews.NOTHING;
        }
        hold(segment, Datum.empty(segment, answer.id()));
        inCustody.add(segment);
        confirmedAsOf.put(segment, askedAt);
        return SegmentNews.CHANGED;
    }

    /**
     * Shown as what is left, under a number that tells it from other such content and is below all that leaders mint. Where nothing
     * is over it stays what it is.
     */
    private SegmentNews onCustody(DatumAnswer answer, long askedAt) {
        DatacenterId segment = answer.datacenter();
        if (!isWanted(segment)) {
            return SegmentNews.NOTHING;
        }
        Datum datum = Objects.requireNonNull(answer.datum());
        Datum left = datum.withVersion(new DatumVersion(1 + Integer.toUnsignedLong(datum.contentHash())));
        boolean isSame = left.version().equals(version(segment))
                || find(segment).filter(before -> hasSameContent(before, left)).isPresent();
        if (!inCustody.add(segment) && isSame) {
            return confirm(segment, askedAt) ? SegmentNews.CONFIRMED : SegmentNews.NOTHING;
        }
        if (!isSame) {
            hold(segment, left);
        }
        confirmedAsOf.put(segment, askedAt);
        return SegmentNews.CHANGED;
    }

    private static boolean hasSameContent(Datum a, Datum b) {
        return a.contentHash() == b.contentHash() && a.count() == b.count();
    }

    private SegmentNews onSame(DatumAnswer answer, long askedAt) {
        if (!answer.version().equals(version(answer.datacenter()))) {
            return SegmentNews.NOTHING;
        }
        inCustody.remove(answer.datacenter());
        if (!answer.isConfirmed()) {
            return SegmentNews.NOTHING;
        }
        return confirm(answer.datacenter(), askedAt) ? SegmentNews.CONFIRMED : SegmentNews.NOTHING;
    }

    private SegmentNews onContent(Datum datum, DatumAnswer answer, long askedAt) {
        DatacenterId segment = answer.datacenter();
        if (!segment.equals(facts.own()) && !isWanted(segment)) {
            return SegmentNews.NOTHING;
        }
        HeldSegment before = held.get(segment);
        if (before != null && before.version().isAfter(datum.version())) {
            return segment.equals(facts.own()) ? SegmentNews.LEADER_IS_BEHIND : SegmentNews.NOTHING;
        }
        if (before != null && before.version().equals(datum.version())) {
            return onSame(answer, askedAt);
        }
        hold(segment, datum);
        inCustody.remove(segment);
        confirmedAsOf.put(segment, answer.isConfirmed() ? askedAt : NEVER);
        if (segment.equals(facts.own())) {
            views.clear();
        }
        return SegmentNews.CHANGED;
    }

    private boolean confirm(DatacenterId segment, long askedAt) {
        Long before = confirmedAsOf.put(segment, Math.max(askedAt, confirmedAsOf.getOrDefault(segment, NEVER)));
        return before == null || before < askedAt;
    }
}
