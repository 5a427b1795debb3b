package io.twinspan.registry.ops.rolling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a rolling restart has done so far, as it is kept on disk: written before each act, so that whoever reads it never takes a node
 * for untouched that was not.
 *
 * @param startedAt ISO 8601
 * @param command that restarts a node
 * @param groups in how many groups; 0 for one by one
 * @param replicas of the slot that had the fewest, before
 * @param before what was registered
 * @param underway nodes that are being restarted, by id, with the life each had before
 * @param done ids of the nodes that are restarted and well
 * @param reason why it halted; empty when it has not
 */
public record RollingJournal(
        String datacenter,
        String startedAt,
        String command,
        int groups,
        List<RollingNode> nodes,
        int replicas,
        RegistrationCounts before,
        Map<String, String> underway,
        List<String> done,
        RollingOutcome outcome,
        String reason) {
    /** Copies the collections. */
    public RollingJournal {
        nodes = List.copyOf(nodes);
        underway = Map.copyOf(underway);
        done = List.copyOf(done);
    }

    /** Ids of the nodes that are neither restarted nor being restarted. */
    Set<String> remaining() {
        Set<String> ids = new LinkedHashSet<>();
        nodes.forEach(node -> ids.add(node.id()));
        done.forEach(ids::remove);
        ids.removeAll(underway.keySet());
        return ids;
    }

    /** The nodes that are being restarted. */
    List<RollingNode> nodesUnderway() {
        return nodes.stream().filter(node -> underway.containsKey(node.id())).toList();
    }

    /** The same with these nodes about to be restarted. */
    RollingJournal restarting(Map<String, String> lives) {
        return with(new LinkedHashMap<>(lives), done, RollingOutcome.RUNNING, "");
    }

    /** The same with those underway done. */
    RollingJournal wellAgain() {
        List<String> more = new ArrayList<>(done);
        nodesUnderway().forEach(node -> more.add(node.id()));
        return with(Map.of(), more, RollingOutcome.RUNNING, "");
    }

    RollingJournal halted(String why) {
        return with(underway, done, RollingOutcome.HALTED, why);
    }

    RollingJournal ended() {
        return with(Map.of(), done, RollingOutcome.DONE, "");
    }

    /** The same going on, with this command. */
    public RollingJournal resumed(String with) {
        return new RollingJournal(
                datacenter,
                startedAt,
                with,
                groups,
                nodes,
                replicas,
                before,
                underway,
                done,
                RollingOutcome.RUNNING,
                "");
    }

    /** The same, compared with other counts from now on. */
    RollingJournal comparedWith(RegistrationCounts counts) {
        return new RollingJournal(
                datacenter, startedAt, command, groups, nodes, replicas, counts, underway, done, outcome, reason);
    }

    private RollingJournal with(Map<String, String> nowUnderway, List<String> nowDone, RollingOutcome how, String why) {
        return new RollingJournal(
                datacenter, startedAt, command, groups, nodes, replicas, before, nowUnderway, nowDone, how, why);
    }
}
