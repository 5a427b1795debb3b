package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.rolling.RollingJournal;
import io.twinspan.registry.ops.rolling.RollingNode;
import io.twinspan.registry.ops.rolling.RollingOutcome;
import io.twinspan.registry.ops.rolling.RollingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A rolling restart in words. Pure. */
final class RollingText {
    private RollingText() {}

    static List<String> plan(RollingPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add((plan.isGo() ? "GO" : "NO-GO") + ": rolling restart of " + plan.datacenter() + ", "
                + plan.groups().stream().mapToInt(List::size).sum() + " nodes; registered now: " + plan.counts());
        plan.objections().forEach(each -> lines.add("  NO: " + each));
        plan.remarks().forEach(each -> lines.add("  note: " + each));
        lines.add("  hold the push (hold-shrink): additions go out, removals wait");
        int step = 1;
        for (List<RollingNode> group : plan.groups()) {
            lines.add("  " + step++ + ". restart "
                    + group.stream().map(RollingNode::described).collect(Collectors.joining(" and "))
                    + ", wait until well, settled and 99 % back");
        }
        lines.add("  end the hold of the push");
        return lines;
    }

    static List<String> end(RollingJournal journal, Path file) {
        if (journal.outcome() == RollingOutcome.DONE) {
            return List.of("DONE: all " + journal.nodes().size() + " nodes of " + journal.datacenter()
                    + " are restarted and well, the hold of the push is ended");
        }
        return List.of(
                "halted after " + journal.done().size() + " of "
                        + journal.nodes().size() + " nodes: " + journal.reason(),
                "journal: " + file);
    }
}
