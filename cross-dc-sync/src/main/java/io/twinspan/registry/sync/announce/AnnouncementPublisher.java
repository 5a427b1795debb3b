package io.twinspan.registry.sync.announce;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.Root;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the peers are told of the slots that this node leads: each change once, what the slots come to every few seconds, and all
 * of a slot when somebody asks, or when its turn has come. What the channel does not take is not kept for it: those who read see
 * that a place in the order is missing, and ask. Not thread-safe; it belongs to one event loop.
 */
public final class AnnouncementPublisher {
    private final DatacenterId own;
    private final NodeId node;
    private final HybridClock clock;
    private final AnnouncementChannel channel;
    private final PublisherLimits limits;
    private final Map<SlotId, AnnouncedSlot> slots = new TreeMap<>();
    private final Map<SlotId, AnnouncementOrder> summarized = new HashMap<>();
    private final Set<SlotId> changing = new HashSet<>();
    private final FullSender fulls;
    private @Nullable Long wholeNanos;
    private boolean isWholeDue;
    private long announced;
    private long notTaken;

    /** @param clock stamps what is said */
    public AnnouncementPublisher(
            DatacenterId own, NodeId node, HybridClock clock, AnnouncementChannel channel, PublisherLimits limits) {
        this.own = own;
        this.node = node;
        this.clock = clock;
        this.channel = channel;
        this.limits = limits;
        this.fulls = new FullSender(channel, this::sender, limits);
    }

    /** This node leads a slot, and it has settled: what it holds may be told. */
    public void lead(LedStart start, long nowNanos) {
        AnnouncedSlot before = slots.get(start.slot());
        // Of the watermark, not of the clock: versions rise even when the clock of a node that restarts has gone back.
        long sequence = start.watermark().stamp().millis();
        if (before != null && before.leadership().equals(start.leadership())) {
            sequence = Math.max(sequence, before.root().order().sequence() + 1);
        }
        slots.put(start.slot(), new AnnouncedSlot(start, sequence, nowNanos));
        changing.remove(start.slot());
        isWholeDue = true;
    }

    /** This node does not lead the slot any more. */
    public void unlead(SlotId slot) {
        slots.remove(slot);
        changing.remove(slot);
        summarized.remove(slot);
        fulls.drop(slot);
    }

    /** Takes a change in; what is of another leadership than the present one is over, or comes with what it begins with. */
    public void add(SlotId id, LeaderEpoch epoch, DigestEntry entry) {
        AnnouncedSlot slot = slots.get(id);
        if (slot != null && slot.leadership().epoch().equals(epoch)) {
            slot.add(entry);
            changing.add(id);
        }
    }

    /** Announces every change that waits, merged by slot; returns how many datums. */
    public int flush(long nowNanos) {
        int entries = 0;
        for (SlotId id : changing) {
            AnnouncedSlot slot = slots.get(id);
            if (slot == null) {
                continue;
            }
            for (AnnouncedSlot.Step step : slot.step(limits.batch(), nowNanos)) {
                entries += step.entries().size();
                if (!channel.offer(new Changed(sender(), id, step.order(), step.entries()))) {
                    notTaken++;
                }
            }
        }
        changing.clear();
        announced += entries;
        fulls.send();
        return entries;
    }

    /** Says what the slots come to that have changed since this was said last; called every few seconds. */
    public void summarize(long nowNanos) {
        offer(summary(false), nowNanos);
        fulls.onTick(slots, nowNanos, clock.physicalMillis());
    }

    /** Says what all slots come to, if a slot is new to this node or somebody has asked, and that is not just done. */
    public void summarizeIfDue(long nowNanos) {
        if (isWholeDue && !isWholeJustSaid(nowNanos)) {
            isWholeDue = false;
            offer(summary(true), nowNanos);
        }
    }

    /** What was said may not have been heard: what all slots come to is to be said again. */
    public void wantWhole() {
        isWholeDue = true;
    }

    /** True while a whole summary waits until the last one is a second old. */
    public boolean isWholeDue() {
        return isWholeDue;
    }

    /** Answers a question over the channel, as far as it is for this node and nobody has just been answered the same. */
    public void onPull(Pull pull, long nowNanos) {
        if (!pull.asked().equals(own) || pull.slotCount() != SlotId.COUNT) {
            return;
        }
        if (pull.wantsSummary()) {
            isWholeDue = true;
            summarizeIfDue(nowNanos);
        }
        for (SlotId id : pull.slots()) {
            AnnouncedSlot slot = slots.get(id);
            if (slot != null) {
                fulls.add(slot, nowNanos);
            }
        }
        fulls.send();
    }

    /** There is room in the channel again. */
    public void onRoom() {
        fulls.send();
    }

    /** Everything this node leads, as a whole summary says it. */
    public Summary whole() {
        return summary(true);
    }

    /** What a slot comes to now, without what waits; empty when this node does not announce it. */
    public Optional<SlotRoot> rootOf(SlotId id) {
        return Optional.ofNullable(slots.get(id)).map(AnnouncedSlot::root);
    }

    /** What a slot came to at an earlier place of the last minute. */
    public Optional<SlotRoot> rootAt(SlotId id, AnnouncementOrder place) {
        return Optional.ofNullable(slots.get(id)).flatMap(slot -> slot.rootAt(place));
    }

    /**
     * One part of a slot's whole content, for those who ask directly.
     *
     * @param place as of which; null for as of now
     * @return empty when this node does not lead the slot, or does not know that place any more
     */
    public Optional<Full> part(SlotId id, @Nullable AnnouncementOrder place, int chunk, long nowNanos) {
        AnnouncedSlot slot = slots.get(id);
        if (slot == null) {
            return Optional.empty();
        }
        Optional<AnnouncedSlot.Frozen> frozen =
                place == null ? Optional.of(slot.freeze(nowNanos)) : slot.frozenAt(place);
        return frozen.map(each -> FullSender.chunks(each, this::sender, limits.batch()))
                .filter(parts -> chunk >= 0 && chunk < parts.size())
                .map(parts -> parts.get(chunk));
    }

    /** Slots that this node announces. */
    public Collection<SlotId> led() {
        return List.copyOf(slots.keySet());
    }

    /** Datums that wait to be announced. */
    public int waiting() {
        return slots.values().stream().mapToInt(AnnouncedSlot::waiting).sum();
    }

    /** Entries announced since the start. */
    public long announced() {
        return announced;
    }

    /** Announcements of changes that the channel had no room for; whoever reads has to ask. */
    public long notTaken() {
        return notTaken;
    }

    /** Slots announced whole since the start. */
    public long fulls() {
        return fulls.sent();
    }

    private void offer(Summary summary, long nowNanos) {
        if (!channel.offer(summary)) {
            return;
        }
        summary.slots().forEach(root -> summarized.put(root.slot(), root.order()));
        if (summary.isWhole()) {
            wholeNanos = nowNanos;
        }
    }

    private Summary summary(boolean isWhole) {
        List<SlotRoot> told = new ArrayList<>();
        Root all = Root.ZERO;
        for (AnnouncedSlot slot : slots.values()) {
            SlotRoot root = slot.root();
            all = all.plus(Root.of(root));
            if (isWhole || !root.order().equals(summarized.get(root.slot()))) {
                told.add(root);
            }
        }
        return new Summary(sender(), SlotId.COUNT, told, isWhole, slots.size(), all);
    }

    private boolean isWholeJustSaid(long nowNanos) {
        return wholeNanos != null && nowNanos - wholeNanos < AnnouncedSlot.SHARED.toNanos();
    }

    private Sender sender() {
        return new Sender(own, node, clock.next());
    }
}
