package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The slot table as operators read it. What nobody has reported, also because another meta leads, is {@code unknown}. Lags and epochs
 * are texts, as all numbers are that may be longer than a script can hold.
 */
final class SlotView {
    private final MetaState state;
    private final SlotAssignment assignment;
    private final Map<SlotId, List<SlotReport>> reports;

    SlotView(MetaState state, SlotAssignment assignment) {
        this.state = state;
        this.assignment = assignment;
        this.reports = assignment.reports();
    }

    Map<String, @Nullable Object> of(DatacenterId datacenter) {
        SlotTable table = state.table();
        Map<String, @Nullable Object> view = OperatorAnswers.body(true, null);
        view.put("datacenter", datacenter.name());
        view.put("incarnation", state.incarnation().toString());
        view.put("epoch", String.valueOf(table.epoch().number()));
        view.put("isPaused", state.wishes().isPaused());
        view.put("removed", state.removed().stream().map(NodeId::value).sorted().toList());
        view.put(
                "nodes",
                state.sortedMembers().stream()
                        .filter(member -> member.role() == NodeRole.DATA)
                        .map(this::node)
                        .toList());
        view.put("slots", table.slots().stream().map(this::slot).toList());
        return view;
    }

    private Map<String, Object> node(Member member) {
        NodeId node = member.node();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("node", node.value());
        view.put("address", NodeNames.address(member));
        view.put("presence", assignment.presenceOf(node));
        view.put("isEvacuating", state.wishes().evacuating().contains(node));
        view.put("leads", state.table().ledBy(node).size());
        view.put("follows", state.table().followedBy(node).size());
        return view;
    }

    private Map<String, Object> slot(Slot slot) {
        SlotReport report = reports.getOrDefault(slot.id(), List.of()).stream()
                .filter(each -> each.epoch().equals(slot.epoch()))
                .findFirst()
                .orElse(null);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("slot", slot.id().number());
        view.put("leader", slot.leader().value());
        view.put("epoch", slot.epoch().toString());
        view.put("state", report == null ? "unknown" : report.isSettled() ? "settled" : "warming");
        NodeId asked = state.wishes().moved().get(slot.id());
        if (asked != null) {
            view.put("movedTo", asked.value());
        }
        List<Map<String, Object>> followers = new ArrayList<>();
        slot.followers().forEach(node -> followers.add(follower(node, report)));
        view.put("followers", followers);
        return view;
    }

    private static Map<String, Object> follower(NodeId node, @Nullable SlotReport report) {
        SlotReport.Follower told = report == null
                ? null
                : report.followers().stream()
                        .filter(each -> each.node().equals(node))
                        .findFirst()
                        .orElse(null);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("node", node.value());
        view.put("state", told == null ? "unknown" : told.isCurrent() ? "current" : "behind");
        if (told != null) {
            view.put("lag", String.valueOf(told.lag()));
        }
        return view;
    }
}
