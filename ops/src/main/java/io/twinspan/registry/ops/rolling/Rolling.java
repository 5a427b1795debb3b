package io.twinspan.registry.ops.rolling;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.ops.client.MetaClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Puts a rolling restart together for real nodes. */
public final class Rolling {
    private final RollingSettings settings;
    private final Consumer<String> say;

    /** @param say takes each line for the operator */
    public Rolling(RollingSettings settings, Consumer<String> say) {
        this.settings = settings;
        this.say = say;
    }

    /** A run that might begin, with what was found of the datacenter. */
    public record Prospect(RollingPlan plan, List<RollingNode> nodes) {}

    /**
     * What a new run would do.
     *
     * @param names what nodes are to be called, by host or {@code host:port}
     * @throws IllegalArgumentException when the meta is of another datacenter
     * @throws io.twinspan.registry.ops.client.UnreachableException when it does not answer
     */
    public Prospect prospect(Endpoint meta, String datacenter, Map<String, String> names, int groups) {
        String own = new MetaClient(meta).ask("/push/switch").path("datacenter").asString("");
        if (!own.equals(datacenter)) {
            throw new IllegalArgumentException("--dc " + datacenter + ": the meta at " + meta + " is of datacenter "
                    + own + "; name a meta of " + datacenter + " with --server HOST:HTTP_PORT");
        }
        NodeDiscovery.Found found = new NodeDiscovery(meta, names).find();
        RollingPlan plan = planning(found.nodes()).plan(datacenter, found.nodes(), groups);
        List<String> objections = new ArrayList<>(found.problems());
        objections.addAll(plan.objections());
        return new Prospect(
                new RollingPlan(
                        plan.datacenter(), plan.groups(), plan.counts(), plan.replicas(), objections, plan.remarks()),
                found.nodes());
    }

    /** What going on would do. */
    public RollingPlan plan(RollingJournal journal) {
        return planning(journal.nodes()).plan(journal);
    }

    /** The journal of a run that is about to begin. */
    public static RollingJournal begin(Prospect prospect, String startedAt, String command, int groups) {
        prospect.nodes().forEach(node -> ShellRestarts.command(command, node));
        return new RollingJournal(
                prospect.plan().datacenter(),
                startedAt,
                command,
                groups,
                prospect.nodes(),
                prospect.plan().replicas(),
                prospect.plan().counts(),
                Map.of(),
                List.of(),
                RollingOutcome.RUNNING,
                "");
    }

    /** The same run, compared with what is registered now. */
    public RollingJournal recounted(RollingJournal journal) {
        return journal.comparedWith(plan(journal).counts());
    }

    /** Does it; see {@link RollingRestart#run}. */
    public RollingJournal run(RollingJournal journal, JournalFile file) {
        ShellRestarts restarts = new ShellRestarts(settings.commandWithin(), file.log());
        return procedure(journal.nodes(), "rolling restart of " + journal.startedAt(), restarts, file)
                .run(journal);
    }

    private RollingRestart planning(List<RollingNode> nodes) {
        return procedure(nodes, "", (together, command) -> List.of("a plan restarts nothing"), journal -> {});
    }

    private RollingRestart procedure(
            List<RollingNode> nodes, String reason, RollingPorts.Restarts restarts, RollingPorts.Keeper keeper) {
        AnyMeta metas = new AnyMeta(nodes.stream()
                .filter(node -> node.isA(NodeRole.META))
                .map(RollingNode::address)
                .toList());
        return new RollingRestart(
                new RollingPorts(
                        new HttpEyes(nodes, metas), new PushHold(metas, reason), restarts, keeper, new WallPace(), say),
                settings);
    }
}
