package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One slot of a peer as its announcements tell it. Only what comes next in the order is applied; everything else is kept until
 * what is between has come, or until the whole slot is installed. Not thread-safe; it belongs to one event loop.
 *
 * <pre>
 * UNKNOWN ──Full installed, or empty by a summary──▶ IN_ORDER
 * IN_ORDER ──a later place is heard of──▶ BEHIND ──what is between comes, or equal content there, or Full──▶ IN_ORDER
 * IN_ORDER, BEHIND ──other content at an equal place──▶ DIFFERING ──equal content at an equal place, or Full──▶ IN_ORDER
 * </pre>
 *
 * <p>A later leader begins a new order: nothing of it follows what was before, so the slot is behind until what it holds is known
 * to be the same, or is installed. An earlier leader is not listened to any more.
 */
final class PeerSlot {
    /** Most announcements of one slot kept for later; beyond it they are dropped, and the slot is pulled again. */
    static final int MOST_KEPT = 512;

    private final SlotId id;
    private final TreeMap<AnnouncementOrder, Changed> kept = new TreeMap<>();
    private final RootRing passed = new RootRing();
    private final PullState pull = new PullState();
    private VersionTable table = new VersionTable();
    private DatumVersion watermark = DatumVersion.NONE;
    private boolean isDiffering;
    private @Nullable AnnouncementOrder order;
    private @Nullable AnnouncementOrder heard;
    private @Nullable Staging staging;
    private @Nullable NodeId node;
    private long behindNanos;
    private long claimedNanos;

    PeerSlot(SlotId id, long nowNanos) {
        this.id = id;
        this.claimedNanos = nowNanos;
    }

    SlotId id() {
        return id;
    }

    /** Which node was the last to speak of it with right. */
    Optional<NodeId> node() {
        return Optional.ofNullable(node);
    }

    /** Its node has spoken, and still leads it as far as is known. */
    void claim(long nowNanos) {
        claimedNanos = nowNanos;
    }

    /** How long nobody who leads it was heard; since the beginning when nobody ever was. */
    long silentNanos(long nowNanos) {
        return nowNanos - claimedNanos;
    }

    /** It is not among those that its node leads. */
    void forgetNode() {
        node = null;
    }

    PullState pull() {
        return pull;
    }

    /** What it comes to here, and where in the order that is; empty while it is unknown. */
    Optional<SlotRoot> root() {
        return Optional.ofNullable(order).map(place -> new SlotRoot(id, place, table.count(), table.root(), watermark));
    }

    /** What it came to here at an earlier place of the last minute. */
    Optional<SlotRoot> rootAt(AnnouncementOrder place) {
        return passed.find(place);
    }

    VersionTable table() {
        return table;
    }

    /** Forgets datums that have been empty since before this time, in milliseconds since 1970; its root stays what it is. */
    void forgetEmptied(long beforeMillis) {
        table.forgetEmpty(entry -> entry.version().stamp().millis() < beforeMillis);
    }

    /** True when everything heard of is applied, and nothing heard contradicts it. */
    boolean isInOrder() {
        return order != null && !isBehind() && !isDiffering;
    }

    /** True when something is known to be missing or wrong; one that was never spoken of is neither this nor in order. */
    boolean isInDoubt() {
        return isDiffering || isBehind();
    }

    /** True when waiting will not help: other content, another leader, or nothing known to go on from. */
    private boolean isHopeless() {
        return isDiffering || order == null || (heard != null && !heard.isOfSameLeader(order));
    }

    /** True when one in doubt is to be pulled now: no answer is awaited, and waiting does not help, or was as long as this. */
    boolean isToBeAsked(long nowNanos, Duration gapWait) {
        return pull.isDue(nowNanos) && (isHopeless() || nowNanos - behindNanos >= gapWait.toNanos());
    }

    /** Since when it is in doubt; of meaning only while it is. */
    long inDoubtNanos() {
        return behindNanos;
    }

    /** How it is behind; of meaning only while it is in doubt. */
    SlotLag behind(long nowNanos) {
        return new SlotLag(
                id, lag(), isDiffering, pull.failures(), pull.isNotHealing(), Duration.ofNanos(nowNanos - behindNanos));
    }

    /** Places heard of and not reached, as far as they are of the same leader; else 1. */
    long lag() {
        if (heard == null || !isBehind()) {
            return 0;
        }
        return order != null && heard.isOfSameLeader(order) ? heard.sequence() - order.sequence() : 1;
    }

    /**
     * The newest of a datum: what is named, or, where the slot is known and does not name it, or named it as empty before the
     * version that is held, empty as of the watermark.
     */
    Optional<DigestEntry> find(DataInfoId service, DatumVersion held) {
        Optional<DigestEntry> named = table.find(service);
        boolean isNewest = named.filter(entry -> entry.count() > 0 || !held.isAfter(entry.version()))
                .isPresent();
        return isNewest || order == null ? named : Optional.of(new DigestEntry(service, watermark, 0, 0));
    }

    /**
     * True when the slot has come to another place than this at once, because the same was there. What came and went between is
     * not known, and may have been fetched.
     */
    boolean hasLeapt(Optional<SlotRoot> before) {
        return order != null
                && !before.map(SlotRoot::order).filter(order::equals).isPresent();
    }

    /** True when nothing was said yet, or this comes later than what is applied. */
    boolean isNews(AnnouncementOrder place) {
        return order == null || place.isAfter(order);
    }

    List<Turn> on(Changed changed, long nowNanos) {
        List<Turn> turns = new ArrayList<>();
        hear(changed.order(), changed.node(), nowNanos);
        if (order != null && changed.order().follows(order)) {
            if (pull.isAsked() || staging != null || isDiffering) {
                keep(changed);
            }
            apply(changed, turns, nowNanos);
            applyKept(turns, nowNanos);
        } else {
            keep(changed);
        }
        return turns;
    }

    /** What it comes to there at one place, as a summary says. */
    List<Turn> on(SlotRoot theirs, NodeId by, long nowNanos) {
        List<Turn> turns = compare(theirs, by, nowNanos);
        if (agreesWith(theirs)) {
            pull.onConfirmed();
        }
        return turns;
    }

    /** True when this is what it came to here at that place, and everything heard of since is applied. */
    boolean agreesWith(SlotRoot theirs) {
        return isInOrder()
                && passed.find(theirs.order()).filter(theirs::isSameContent).isPresent();
    }

    private List<Turn> compare(SlotRoot theirs, NodeId by, long nowNanos) {
        Optional<SlotRoot> ours = root();
        SlotRoot here =
                ours.orElseGet(() -> new SlotRoot(id, theirs.order(), table.count(), table.root(), DatumVersion.NONE));
        if (ours.isPresent() && here.order().isAfter(theirs.order())) {
            passed.find(theirs.order())
                    .filter(then -> !then.isSameContent(theirs))
                    .ifPresent(then -> differ(nowNanos));
            return List.of();
        }
        hear(theirs.order(), by, nowNanos);
        boolean isSamePlace = ours.isPresent() && here.order().equals(theirs.order());
        if (here.isSameContent(theirs)) {
            List<Turn> turns = new ArrayList<>();
            reach(theirs, nowNanos);
            applyKept(turns, nowNanos);
            return turns;
        }
        if (isSamePlace) {
            differ(nowNanos);
        }
        return List.of();
    }

    /** A part of all that it holds there; installed when it is the last one, and of use. */
    List<Turn> on(Full full, long nowNanos) {
        boolean wasInDoubt = isInDoubt();
        boolean wasDiffering = isDiffering;
        List<Turn> turns = new ArrayList<>(compare(full.frozen(), full.node(), nowNanos));
        if (wasInDoubt && isInOrder()) {
            onAnswered(wasDiffering);
        }
        if (isInOrder()
                || (order != null
                        && order.leadership().isAfter(full.frozen().order().leadership()))) {
            staging = null;
            return turns;
        }
        Staging parts = staging;
        if (parts == null
                || (!parts.isOf(full)
                        && !parts.frozen().order().isAfter(full.frozen().order()))) {
            parts = new Staging(full);
            staging = parts;
        }
        if (parts.isOf(full)) {
            parts.add(full);
            if (parts.isWhole()) {
                staging = null;
                install(parts, turns, nowNanos);
            }
        }
        return turns;
    }

    private void install(Staging whole, List<Turn> turns, long nowNanos) {
        VersionTable young = new VersionTable();
        whole.entries().forEach(young::put);
        SlotRoot frozen = whole.frozen();
        boolean isAsTold = young.count() == frozen.count() && young.root().equals(frozen.root());
        boolean isContradiction = isDiffering || !isAsTold;
        if (!isAsTold || !reachesHere(frozen.order())) {
            onAnswered(isContradiction);
            return;
        }
        VersionTable old = table;
        table = young;
        for (DigestEntry now : young.all()) {
            DigestEntry before = old.find(now.id()).orElse(null);
            if (!now.equals(before)) {
                turns.add(new Turn(before, now));
            }
        }
        for (DigestEntry before : old.all()) {
            if (before.count() > 0 && young.find(before.id()).isEmpty()) {
                turns.add(new Turn(before, new DigestEntry(before.id(), frozen.watermark(), 0, 0)));
            }
        }
        // What was passed under the table that was wrong is no measure any more.
        passed.clear();
        watermark = DatumVersion.NONE;
        reach(frozen, nowNanos);
        onAnswered(isContradiction);
        applyKept(turns, nowNanos);
    }

    /** @param isContradiction not only more was missing: something else was said of the same place, or the answer is not what it says */
    private void onAnswered(boolean isContradiction) {
        if (isContradiction) {
            pull.onContradicted();
        } else if (isInOrder()) {
            pull.onCaughtUp();
        } else {
            pull.onInVain();
        }
    }

    /** True when what is kept leads from this place at least to where the slot is already: it never goes back. */
    private boolean reachesHere(AnnouncementOrder place) {
        AnnouncementOrder reached = place;
        while (order != null && order.isAfter(reached)) {
            reached = reached.next();
            if (!kept.containsKey(reached)) {
                return false;
            }
        }
        return true;
    }

    private void hear(AnnouncementOrder place, NodeId by, long nowNanos) {
        boolean wasInDoubt = isInDoubt();
        if (heard == null || !heard.isAfter(place)) {
            if (heard != null && !heard.isOfSameLeader(place)) {
                kept.keySet().removeIf(each -> !each.isOfSameLeader(place));
            }
            heard = place;
            node = by;
            claimedNanos = nowNanos;
        }
        if (!wasInDoubt && isInDoubt()) {
            behindNanos = nowNanos;
        }
    }

    /** Whoever answers for it now says something else. */
    void doubt(long nowNanos) {
        if (order != null) {
            differ(nowNanos);
        }
    }

    private void differ(long nowNanos) {
        if (!isInDoubt()) {
            behindNanos = nowNanos;
        }
        isDiffering = true;
    }

    private void keep(Changed changed) {
        kept.put(changed.order(), changed);
        if (kept.size() > MOST_KEPT) {
            // That the slot is behind is still known; what comes next is pulled whole, once more.
            kept.clear();
        }
    }

    private void apply(Changed changed, List<Turn> turns, long nowNanos) {
        for (DigestEntry entry : changed.entries()) {
            DigestEntry before = table.put(entry);
            if (!entry.equals(before)) {
                turns.add(new Turn(before, entry));
            }
            if (entry.version().isAfter(watermark)) {
                watermark = entry.version();
            }
        }
        order = changed.order();
        root().ifPresent(root -> passed.add(root, nowNanos));
    }

    private void applyKept(List<Turn> turns, long nowNanos) {
        while (order != null) {
            Map.Entry<AnnouncementOrder, Changed> next = kept.higherEntry(order);
            if (next == null || !next.getKey().follows(order)) {
                break;
            }
            apply(next.getValue(), turns, nowNanos);
        }
        if (isInOrder()) {
            kept.clear();
            staging = null;
            pull.onInOrder();
        }
    }

    /** The slot holds what is held there at this place. */
    private void reach(SlotRoot place, long nowNanos) {
        order = place.order();
        isDiffering = false;
        if (place.watermark().isAfter(watermark)) {
            watermark = place.watermark();
        }
        root().ifPresent(root -> passed.add(root, nowNanos));
    }

    private boolean isBehind() {
        return heard != null && (order == null || heard.isAfter(order));
    }
}
