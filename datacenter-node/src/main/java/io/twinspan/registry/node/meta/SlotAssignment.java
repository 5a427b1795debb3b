package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.node.meta.SlotCommand.InstallTable;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.plan.PlanInput;
import io.twinspan.registry.slot.plan.Presence;
import io.twinspan.registry.slot.plan.SlotPlanner;
import io.twinspan.registry.slot.plan.SlotStanding;
import io.twinspan.registry.slot.plan.SlotWishes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans slot tables while this meta leads: remembers when each data node was heard and what it said of the slots it leads, and
 * proposes the table that follows from it. A new leader, and one whose own tick was late, treats everybody as just heard. What it
 * remembers is not agreed on by the group and does not survive a change of leader. Belongs to the role's event loop.
 */
final class SlotAssignment {
    private static final Logger LOG = LoggerFactory.getLogger(SlotAssignment.class);

    /** What a plan is made from, beside the reports. */
    private record Basis(
            SlotTable table,
            Incarnation incarnation,
            Map<NodeId, Presence> members,
            Set<SlotId> unled,
            SlotWishes wishes) {}

    private final MetaReplica replica;
    private final MetaPorts ports;
    private final SlotLimits limits;
    private final long promotionNanos;
    private final long lateAfterNanos;
    private final Map<NodeId, Long> heardAt = new HashMap<>();
    private final Map<NodeId, List<SlotReport>> reports = new HashMap<>();
    private final Set<NodeId> unfit = new HashSet<>();
    private final UnledSlots unledSlots;
    private boolean isLeading;
    private boolean isInstalling;
    private long lastTick;

    /** What the last plan was made from when it changed nothing, until a report says something else: it would not now either. */
    private @Nullable Basis fruitless;

    SlotAssignment(MetaReplica replica, MetaPorts ports, MetaSettings settings) {
        this.replica = replica;
        this.ports = ports;
        this.limits = settings.slots();
        this.promotionNanos = limits.promotion().toNanos();
        this.unledSlots = new UnledSlots(2 * promotionNanos);
        this.lateAfterNanos =
                settings.tick().plus(limits.promotion().dividedBy(3)).toNanos();
    }

    void onLeadership(boolean leads) {
        isLeading = leads;
        heardAt.clear();
        reports.clear();
        unfit.clear();
        unledSlots.forget();
        fruitless = null;
        lastTick = now();
    }

    /** A data node that is a member has renewed its lease. */
    void onHeard(RenewLease renewal) {
        NodeId node = renewal.member().node();
        heardAt.put(node, now());
        if (!isSameToAPlan(renewal.slots(), reports.put(node, renewal.slots()))) {
            fruitless = null;
        }
        boolean isNews = renewal.isFitToLead() ? unfit.remove(node) : unfit.add(node);
        if (isNews) {
            LOG.warn("data node is fit to lead node={} isFit={}", node, renewal.isFitToLead());
        }
    }

    void onTick() {
        long now = now();
        if (now - lastTick >= lateAfterNanos) {
            heardAt.clear();
            unledSlots.forget();
        }
        lastTick = now;
        plan();
    }

    /** Proposes another table when one is due. */
    void plan() {
        MetaState state = replica.state();
        if (!isLeading || isInstalling || !state.isCreated()) {
            return;
        }
        List<NodeId> nodes = state.dataNodes();
        heardAt.keySet().retainAll(nodes);
        reports.keySet().retainAll(nodes);
        unfit.retainAll(nodes);
        SlotTable before = state.table();
        Map<NodeId, Presence> members = presences(nodes);
        Set<SlotId> unled =
                unledSlots.look(before, reports.values(), node -> members.get(node) == Presence.HEARD, now());
        Basis basis = new Basis(before, state.incarnation(), members, unled, state.wishes());
        if (basis.equals(fruitless)) {
            return;
        }
        SlotTable planned = SlotPlanner.plan(before, state.incarnation(), input(basis));
        if (planned.equals(before)) {
            fruitless = basis;
            return;
        }
        isInstalling = true;
        ports.log()
                .propose(MetaCodec.encode(new InstallTable(before.epoch(), planned)))
                .whenCompleteAsync(
                        (refusal, failure) -> {
                            isInstalling = false;
                            LOG.info(
                                    "slot table planned epoch={} leadersMoved={} refusal={} failure={}",
                                    planned.epoch().number(),
                                    moved(before, planned),
                                    refusal,
                                    failure);
                        },
                        ports.loop());
    }

    /** The last word of each node that says it leads the slot; any order. */
    Map<SlotId, List<SlotReport>> reports() {
        return reports.values().stream().flatMap(List::stream).collect(Collectors.groupingBy(SlotReport::slot));
    }

    /** As {@link Presence}; only the leading meta knows. */
    String presenceOf(NodeId node) {
        return isLeading ? presence(node).name().toLowerCase(Locale.ROOT) : "unknown";
    }

    /** Lags change with every registration, and no plan is made from them. */
    private static boolean isSameToAPlan(List<SlotReport> now, @Nullable List<SlotReport> before) {
        return before != null
                && now.size() == before.size()
                && IntStream.range(0, now.size()).allMatch(i -> now.get(i).isSameButForLags(before.get(i)));
    }

    private Presence presence(NodeId node) {
        Long at = heardAt.get(node);
        if (at == null) {
            heardAt.put(node, now());
            return Presence.HEARD;
        }
        long silence = now() - at;
        if (silence < promotionNanos) {
            return unfit.contains(node) ? Presence.UNFIT : Presence.HEARD;
        }
        return silence < 2 * promotionNanos ? Presence.SILENT : Presence.LOST;
    }

    private Map<NodeId, Presence> presences(List<NodeId> nodes) {
        Map<NodeId, Presence> members = new HashMap<>();
        nodes.forEach(node -> members.put(node, presence(node)));
        return members;
    }

    private PlanInput input(Basis basis) {
        Map<SlotId, List<SlotStanding>> standings = new HashMap<>();
        reports.forEach((node, slots) -> slots.forEach(report -> standings
                .computeIfAbsent(report.slot(), slot -> new ArrayList<>())
                .add(standing(node, report))));
        return new PlanInput(basis.members(), standings, basis.unled(), basis.wishes(), limits.plan());
    }

    private static SlotStanding standing(NodeId node, SlotReport report) {
        return new SlotStanding(
                node,
                report.epoch(),
                report.isSettled(),
                report.followers().stream()
                        .filter(SlotReport.Follower::isCurrent)
                        .map(SlotReport.Follower::node)
                        .collect(Collectors.toSet()));
    }

    private static long moved(SlotTable before, SlotTable after) {
        return after.slots().stream()
                .filter(slot -> before.find(slot.id())
                        .map(Slot::leader)
                        .filter(slot.leader()::equals)
                        .isEmpty())
                .count();
    }

    private long now() {
        return ports.loop().nanos();
    }
}
