package io.twinspan.registry.sync.announce;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.Root;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that one peer has announced, slot by slot, and what is to be asked of it. The tables follow the peer whatever it says; what
 * is handed on to be acted on leaves out versions too far in the future, and services that empty in numbers. Not thread-safe; it
 * belongs to one event loop.
 */
public final class PeerTable {
    /** A question asked so often without success is asked on the other way, too. */
    private static final int IN_VAIN = 1;

    private final DatacenterId peer;
    private final HybridClock clock;
    private final PullLimits limits;
    private final List<PeerSlot> slots;
    private final Map<DataInfoId, DigestEntry> aside = new LinkedHashMap<>();
    private final Set<SlotId> agreed = new HashSet<>();
    private final ShrinkWatch shrink;
    private final PullState summaryPull = new PullState();
    private boolean awaitsSummary = true;
    private int otherSlotCount;
    private int nextForgetful;
    private @Nullable Long newerNanos;
    private long changed;
    private long repeated;
    private long refused;
    private long poisoned;
    private long newer;
    private long installed;
    private long pulls;

    /** @param clock merged with the stamp of what arrives, and asked what lies in the future */
    public PeerTable(DatacenterId peer, HybridClock clock, PullLimits limits, long nowNanos) {
        this.peer = peer;
        this.clock = clock;
        this.limits = limits;
        this.slots = IntStream.range(0, SlotId.COUNT)
                .mapToObj(number -> new PeerSlot(new SlotId(number), nowNanos))
                .toList();
        this.shrink = new ShrinkWatch(limits.shrinkWindow(), limits.shrinkPercent(), limits.shrinkLeast());
    }

    /** Whose table this is. */
    public DatacenterId peer() {
        return peer;
    }

    /** Takes an announcement in; one of another datacenter than the peer, our own included, is refused whole. */
    public PeerNews on(Announcement announcement, long nowNanos) {
        if (!announcement.datacenter().equals(peer) || (otherSlotCount > 0 && !(announcement instanceof Summary))) {
            refused++;
            return PeerNews.NONE;
        }
        clock.merge(announcement.sentAt());
        if (announcement instanceof Changed change) {
            return on(change, nowNanos);
        }
        if (announcement instanceof Full full) {
            PeerSlot slot = slot(full.slot());
            Optional<SlotRoot> before = slot.root();
            boolean wasInDoubt = !slot.isInOrder();
            List<Turn> turns = slot.on(full, nowNanos);
            installed += wasInDoubt && slot.isInOrder() ? 1 : 0;
            noteAgreed(slot, full.frozen());
            return news(turns, slot.hasLeapt(before) ? Set.of(full.slot()) : Set.of(), nowNanos);
        }
        return on((Summary) announcement, nowNanos);
    }

    /** The newest that is to be acted on of a datum; empty when nothing is known of it. */
    public Optional<DigestEntry> find(DataInfoId id) {
        return find(id, DatumVersion.NONE);
    }

    /** The same for one who holds this version, which the table may have missed; nothing as of a watermark in the future. */
    public Optional<DigestEntry> find(DataInfoId id, DatumVersion held) {
        return slot(SlotId.of(id)).find(id, held).filter(entry -> !aside.containsKey(id) && !isTooFarAhead(entry));
    }

    /** Under whose leadership a slot was announced last; {@link Leadership#NONE} before the first. */
    public Leadership leadershipOf(SlotId id) {
        return slot(id).root().map(root -> root.order().leadership()).orElse(Leadership.NONE);
    }

    /** The newest that is to be acted on of every datum. */
    public List<DigestEntry> all() {
        return slots.stream()
                .flatMap(slot -> slot.table().all().stream())
                .filter(entry -> !aside.containsKey(entry.id()))
                .toList();
    }

    /** A later leader than the one that announced has answered something else: what is known of its slot is not what holds. */
    public void onLaterLeader(SlotId id, Leadership by, long nowNanos) {
        if (by.isAfter(leadershipOf(id))) {
            slot(id).doubt(nowNanos);
        }
    }

    /** True when the datum is announced as empty, and that is held back until it is confirmed. */
    public boolean isHeld(DataInfoId id) {
        return shrink.isHeld(id);
    }

    /** The peer's leader has answered for this datum: what was held back of it is settled. */
    public void onAnswered(DataInfoId id) {
        shrink.onAnswered(id);
    }

    /** What is held back: services named as empty that are still taken to be there. */
    public List<DigestEntry> held() {
        return shrink.all();
    }

    /** The slots in doubt, the longest so first. */
    public List<SlotLag> behind(long nowNanos) {
        return slots.stream()
                .filter(PeerSlot::isInDoubt)
                .map(slot -> slot.behind(nowNanos))
                .sorted(Comparator.comparing(SlotLag::inDoubtFor).reversed())
                .toList();
    }

    /** An operator believes what was held back; returns it, to be acted on now. */
    public List<DigestEntry> release() {
        return shrink.release();
    }

    /** What was said may have been missed: whole summaries are needed before anything is certain. */
    public void onInDoubt() {
        awaitsSummary = true;
        summaryPull.onConfirmed();
    }

    /** Records that could not be read: what they said is missing. */
    public void onUnreadable(int poison, int later, long nowNanos) {
        poisoned += poison;
        newer += later;
        if (later > 0) {
            newerNanos = nowNanos;
        }
        if (poison > 0) {
            awaitsSummary = true;
        }
    }

    /** The way to the peer is there again, or is another one: what failed before is tried at once. */
    public void onWayBack() {
        summaryPull.onWayBack();
        slots.forEach(slot -> slot.pull().onWayBack());
    }

    /**
     * What is to be asked now; who calls this asks it.
     *
     * @return empty when there is nothing to ask, or too much is asked already
     */
    public Optional<Question> nextQuestion(long nowNanos) {
        int room = limits.mostAsked();
        List<PeerSlot> due = new ArrayList<>();
        for (PeerSlot slot : slots) {
            if (slot.isInDoubt()) {
                if (slot.isToBeAsked(nowNanos, limits.gapWait())) {
                    due.add(slot);
                }
                room -= slot.pull().isAsked() ? 1 : 0;
            }
        }
        boolean asksSummary = awaitsSummary && summaryPull.isDue(nowNanos);
        Set<SlotId> asked = new HashSet<>();
        for (PeerSlot slot : due.subList(0, Math.max(0, Math.min(room, due.size())))) {
            slot.pull().onAsked(nowNanos);
            asked.add(slot.id());
        }
        if (asksSummary) {
            summaryPull.onAsked(nowNanos);
        }
        pulls += asked.size();
        boolean isAgain = (asksSummary && summaryPull.failures() > IN_VAIN)
                || asked.stream().anyMatch(id -> slot(id).pull().failures() > IN_VAIN);
        return asked.isEmpty() && !asksSummary
                ? Optional.empty()
                : Optional.of(new Question(asked, asksSummary, isAgain));
    }

    /** The slots that nobody has spoken of for so long, or ever. */
    public Set<SlotId> silent(Duration since, long nowNanos) {
        return slots.stream()
                .filter(slot -> slot.silentNanos(nowNanos) > since.toNanos())
                .map(PeerSlot::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** True while something waits for time to pass, or for an answer. */
    public boolean isRestless() {
        return awaitsSummary || slots.stream().anyMatch(PeerSlot::isInDoubt);
    }

    /** Forgets a little; returns versions that were too far in the future and are not any more, to be acted on now. */
    public List<DigestEntry> onTick() {
        nextForgetful = (nextForgetful + 1) % SlotId.COUNT;
        slots.get(nextForgetful)
                .forgetEmptied(clock.physicalMillis() - limits.emptiedKept().toMillis());
        List<DigestEntry> ripe =
                aside.values().stream().filter(entry -> !isTooFarAhead(entry)).toList();
        ripe.forEach(entry -> aside.remove(entry.id()));
        return ripe;
    }

    /** What each known slot comes to here. */
    public List<SlotRoot> roots() {
        return slots.stream().flatMap(slot -> slot.root().stream()).toList();
    }

    /** What a slot came to here at a place of the last minute. */
    public Optional<SlotRoot> rootAt(SlotId id, AnnouncementOrder place) {
        return slot(id).rootAt(place);
    }

    /** Everything that is known of a slot, emptied datums included. */
    public Collection<DigestEntry> entries(SlotId id) {
        return slot(id).table().all();
    }

    /** True when everything heard of this slot is applied. */
    public boolean isInOrder(SlotId id) {
        return slot(id).isInOrder();
    }

    /** The slots of which a root has been found equal since this was asked last, and nothing else was heard of since. */
    public Set<SlotId> takeAgreed() {
        Set<SlotId> still = new HashSet<>(agreed);
        still.removeIf(id -> !slot(id).isInOrder());
        agreed.clear();
        return still;
    }

    /** Numbers of what has been read. */
    public TableCounts counts() {
        return new TableCounts(changed, repeated, refused, poisoned, newer, installed, pulls);
    }

    /**
     * How it is now.
     *
     * @param isOurs which services are this node's to have confirmed; what is held back of others is another node's to tell
     */
    public TableFacts facts(long nowNanos, Predicate<DataInfoId> isOurs) {
        SlotDoubts doubts = SlotDoubts.of(slots, limits.silence(), nowNanos);
        boolean isLater = newerNanos != null
                && nowNanos - newerNanos <= limits.silence().toNanos()
                && (doubts.isWithoutAnswer() || awaitsSummary);
        String why = otherSlotCount > 0
                ? peer + " divides its services into " + otherSlotCount + " slots, this datacenter into " + SlotId.COUNT
                : isLater
                        ? peer + " announces in a later format than this release knows"
                        : doubts.isNotHealing()
                                ? "what " + peer + " answers when asked does not agree with what it announces"
                                : "";
        return new TableFacts(
                services(),
                doubts.inOrder(),
                doubts.inDoubt(),
                doubts.lag(),
                Duration.ofNanos(doubts.longestNanos()),
                awaitsSummary,
                shrink.held(isOurs),
                aside.size(),
                why);
    }

    private PeerNews on(Changed change, long nowNanos) {
        PeerSlot slot = slot(change.slot());
        if (!slot.isNews(change.order())) {
            repeated++;
            return PeerNews.NONE;
        }
        return news(slot.on(change, nowNanos), Set.of(), nowNanos);
    }

    private PeerNews on(Summary summary, long nowNanos) {
        boolean hasMissed = otherSlotCount > 0;
        otherSlotCount = summary.slotCount() == SlotId.COUNT ? 0 : summary.slotCount();
        if (otherSlotCount > 0) {
            refused++;
            return PeerNews.NONE;
        }
        // The slots that changed were named in what was refused, and are not named again.
        awaitsSummary |= hasMissed;
        List<Turn> turns = new ArrayList<>();
        Set<SlotId> known = new HashSet<>();
        Set<SlotId> named = new HashSet<>();
        for (SlotRoot root : summary.slots()) {
            PeerSlot slot = slot(root.slot());
            Optional<SlotRoot> before = slot.root();
            turns.addAll(slot.on(root, summary.node(), nowNanos));
            noteAgreed(slot, root);
            named.add(root.slot());
            if (slot.hasLeapt(before)) {
                known.add(root.slot());
            }
        }
        if (summary.isWhole()) {
            awaitsSummary = false;
            summaryPull.onConfirmed();
            ledBy(summary.node()).filter(slot -> !named.contains(slot.id())).forEach(PeerSlot::forgetNode);
        }
        ledBy(summary.node()).forEach(slot -> slot.claim(nowNanos));
        compareAll(summary);
        return news(turns, known, nowNanos);
    }

    /** What all slots of a node come to, at their places, tells whether anything of it was missed. */
    private void compareAll(Summary summary) {
        List<PeerSlot> theirs = ledBy(summary.node()).toList();
        if (!theirs.stream().allMatch(PeerSlot::isInOrder)) {
            return;
        }
        Stream<SlotRoot> roots = theirs.stream().flatMap(slot -> slot.root().stream());
        Root all = roots.map(Root::of).reduce(Root.ZERO, Root::plus);
        if (theirs.size() == summary.ledSlots() && all.equals(summary.rootOfRoots())) {
            theirs.forEach(slot -> slot.pull().onConfirmed());
            theirs.forEach(slot -> agreed.add(slot.id()));
        } else if (!summary.isWhole()) {
            awaitsSummary = true;
        }
    }

    /** Slot by slot: a busy one that is behind says nothing against the others of its node. */
    private void noteAgreed(PeerSlot slot, SlotRoot theirs) {
        if (slot.agreesWith(theirs)) {
            agreed.add(slot.id());
        }
    }

    private Stream<PeerSlot> ledBy(NodeId node) {
        return slots.stream().filter(slot -> slot.node().filter(node::equals).isPresent());
    }

    private PeerNews news(List<Turn> turns, Set<SlotId> known, long nowNanos) {
        List<Turn> usable = new ArrayList<>(turns.size());
        for (Turn turn : turns) {
            if (isTooFarAhead(turn.now())) {
                refused++;
                aside.put(turn.now().id(), turn.now());
            } else {
                aside.remove(turn.now().id());
                usable.add(turn);
            }
        }
        changed += usable.size();
        if (usable.isEmpty() && known.isEmpty()) {
            return PeerNews.NONE;
        }
        List<DigestEntry> passing = shrink.screen(usable, services(), nowNanos);
        List<DigestEntry> held =
                usable.stream().map(Turn::now).filter(now -> isHeld(now.id())).toList();
        return new PeerNews(passing, held, known);
    }

    private int services() {
        return slots.stream().mapToInt(slot -> slot.table().count()).sum();
    }

    private boolean isTooFarAhead(DigestEntry entry) {
        return entry.version().stamp().millis() > clock.physicalMillis() + HybridClock.MERGE_BOUND.toMillis();
    }

    private PeerSlot slot(SlotId id) {
        return slots.get(id.number());
    }
}
