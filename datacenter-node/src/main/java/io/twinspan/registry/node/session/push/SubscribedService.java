package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.VersionMint;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service that somebody on this session subscribes to: what is held of it, its stamps, and the lanes to its subscribers. */
public final class SubscribedService {
    private static final Logger LOG = LoggerFactory.getLogger(SubscribedService.class);

    /** How many times as long a list is waited for while clients move: with the standard settings as long as what moves is kept. */
    private static final int TURNS_WHILE_MOVING = 4;

    private final ServiceSegments segments;
    private final SharedStamps stamps;
    private final PushContext context;
    private final PushSettings settings;
    private final Arrivals arrivals;
    private final Consumer<SubscribedService> questions;
    private final Map<Long, PushLane> lanes = new LinkedHashMap<>();
    private final Set<PushLane> unsettled = new LinkedHashSet<>();
    private int globals;
    private boolean isGated;
    private boolean isFollowedWatched;

    SubscribedService(
            ServiceSegments segments,
            PushContext context,
            PushSettings settings,
            Arrivals arrivals,
            Consumer<SubscribedService> questions) {
        this.segments = segments;
        this.context = context;
        this.settings = settings;
        this.arrivals = arrivals;
        this.questions = questions;
        this.stamps = new SharedStamps(context.clock(), context.sessionByte(), settings.stampWindow());
        onGate();
    }

    /** What is held. */
    public ServiceSegments segments() {
        return segments;
    }

    /** True when a subscriber wants the peers' segments too, and a policy lets it have one. */
    public boolean isGlobal() {
        return (globals > 0 || (!lanes.isEmpty() && segments.isForEveryScope()))
                && !segments.wantedPeers().isEmpty();
    }

    /** Policies have changed: each subscriber whose view is another one is pushed the difference. True when there may be one. */
    boolean onFacts(ServiceFacts facts) {
        if (!segments.onFacts(facts)) {
            return false;
        }
        unsettled.addAll(lanes.values());
        List.copyOf(lanes.values()).forEach(PushLane::flush);
        unsettled.removeIf(PushLane::isSettled);
        return true;
    }

    /** True when the segment is not confirmed for some subscriber that is served. */
    public boolean hasUnconfirmed(DatacenterId segment) {
        return unsettled.stream().anyMatch(lane -> lane.line().isOpen() && lane.hasUnconfirmed(segment));
    }

    /** Plans and sends to whom the news concerns: among many subscribers only a few wait to have theirs confirmed. */
    public void on(SegmentNews news) {
        if (news == SegmentNews.CHANGED) {
            LOG.info(
                    "push service={} version={} connections={}",
                    segments.service(),
                    segments.version(segments.own()).value(),
                    lanes.size());
            // Over a copy: a connection that fails at once may be taken away meanwhile.
            List.copyOf(lanes.values()).forEach(PushLane::flush);
            // What nobody has confirmed yet went under its version, which a client may have ignored: it goes again once
            // confirmed.
            lanes.values().stream().filter(lane -> !lane.isSettled()).forEach(unsettled::add);
            watchFollowed();
        } else if (news == SegmentNews.CONFIRMED) {
            List.copyOf(unsettled).forEach(PushLane::flush);
        }
        unsettled.removeIf(PushLane::isSettled);
    }

    /** What waits for a segment that does not come is given after a while all the same: a list must not stay as it is for ever. */
    private void watchFollowed() {
        Map<DatacenterId, Map<DatacenterId, DatumVersion>> now = segments.followed();
        if (!isFollowedWatched && !now.isEmpty()) {
            isFollowedWatched = true;
            await(now, 1);
        }
    }

    /** While clients move both what they leave and what they come to is busy: that is no sign of a link which is down. */
    private void await(Map<DatacenterId, Map<DatacenterId, DatumVersion>> followed, int turn) {
        context.loop().schedule(settings.followWithin(), () -> {
            Map<DatacenterId, Map<DatacenterId, DatumVersion>> same = new HashMap<>(followed);
            same.entrySet().retainAll(segments.followed().entrySet());
            if (!same.isEmpty() && segments.isForEveryScope() && turn < TURNS_WHILE_MOVING) {
                await(same, turn + 1);
                return;
            }
            isFollowedWatched = false;
            giveUp(same);
            if (!same.equals(segments.followed())) {
                watchFollowed();
            }
        });
    }

    private void giveUp(Map<DatacenterId, Map<DatacenterId, DatumVersion>> followed) {
        int before = waiting();
        segments.giveUp(followed);
        int given = before - waiting();
        if (given > 0) {
            context.metrics().notFollowed.add(given);
            LOG.warn(
                    "lists are given without those of the datacenter to which clients have gone, which did not come: "
                            + "service={} subscribers={}",
                    segments.service(),
                    given);
        }
        List.copyOf(lanes.values()).forEach(PushLane::flush);
    }

    private int waiting() {
        return lanes.values().stream().mapToInt(PushLane::waiting).sum();
    }

    /** The push switch is another one. Returns the lanes to which something may have to be pushed that had to wait. */
    Collection<PushLane> onGate() {
        DataInfoId id = segments.service();
        boolean wasClosed = isGated;
        isGated = context.gate().isAnywhereClosed(id);
        if (!wasClosed && !isGated) {
            return List.of();
        }
        segments.onGate(context.gate(), arrivals.count());
        return wasClosed ? List.copyOf(lanes.values()) : List.of();
    }

    /** The lanes on which something waits because push is not open. */
    List<PushLane> behind() {
        return isGated
                ? lanes.values().stream().filter(lane -> lane.behind() > 0).toList()
                : List.of();
    }

    void onUnsettled(PushLane lane) {
        unsettled.add(lane);
    }

    void countGlobal(int sign) {
        globals += sign;
    }

    SharedStamps stamps() {
        return stamps;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    PushLane lane(ConnectionPushes line) {
        return lanes.computeIfAbsent(line.connection().number(), number -> new PushLane(this, line, context, settings));
    }

    @Nullable
    PushLane findLane(long connection) {
        return lanes.get(connection);
    }

    void removeLane(long connection) {
        PushLane lane = lanes.remove(connection);
        if (lane != null) {
            unsettled.remove(lane);
            lane.close();
        }
    }

    boolean isEmpty() {
        return lanes.isEmpty();
    }

    /**
     * A stamp of ours may be lower than what the subscriber was pushed elsewhere just before it came, if the clock there is
     * ahead: it would ignore our list, and keep what it had of other segments. What that clock read last has reached us within two
     * renewals, or ours has passed it, so then the subscriber is confirmed and stamped once more, every segment of its view. Clocks
     * of this datacenter are heard of all the time; those of a peer may never be, so where there are peers everybody who arrives
     * is stamped three times.
     */
    void stampAgainWhenClocksMayDiffer(PushLane lane, List<Viewer> stamped) {
        List<Viewer> first = stamped.stream().filter(Viewer::watchOnce).toList();
        if (first.isEmpty() || (segments.peers().isEmpty() && !context.isClockBehind())) {
            return;
        }
        stampAgain(lane, first, settings.resettleAfter());
        if (!segments.peers().isEmpty()) {
            // A slot that has another leader mints above the ceiling of the one before, and the stamps of sessions
            // follow its versions: that far may the numbers of a datacenter be ahead of its clocks.
            stampAgain(lane, first, settings.resettleAfter().plus(VersionMint.CEILING_AHEAD));
        }
    }

    private void stampAgain(PushLane lane, List<Viewer> stamped, Duration after) {
        context.loop().schedule(after, () -> {
            lane.stampAgain(stamped, arrivals.next());
            questions.accept(this);
        });
    }
}
