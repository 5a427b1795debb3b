package io.twinspan.registry.node.meta;

import io.twinspan.registry.failover.FailoverFacts;
import io.twinspan.registry.failover.FailoverPlan;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.FailoverStep;
import io.twinspan.registry.message.Holdings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans and runs as operators have them. */
final class RunJson {
    private RunJson() {}

    static Map<String, @Nullable Object> fields(FailoverPlan plan) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("from", plan.facts().from().map(Object::toString).orElse(null));
        fields.put("to", plan.facts().to().name());
        fields.put("go", plan.isGo());
        fields.put("plan", plan.token());
        fields.put("found", plan.lines());
        fields.put("moving", moving(plan.facts().source()));
        fields.put("byVersionOnly", byVersionOnly(plan.facts()));
        fields.put("against", plan.against());
        fields.put("losses", plan.losses());
        fields.put(
                "steps",
                plan.steps().stream().map(step -> step + ": " + step.words()).toList());
        return fields;
    }

    /** What will move; nothing is said of a datacenter that does not answer. */
    private static @Nullable Map<String, Object> moving(FailoverFacts.@Nullable Side source) {
        if (source == null) {
            return null;
        }
        Map<String, Object> moving = new LinkedHashMap<>();
        moving.put("clients", source.clients());
        moving.putAll(SideJson.totals(source.totals()));
        return moving;
    }

    /** By the datacenter where they lack: services of the others whose newest addresses are not there. */
    private static Map<String, List<String>> byVersionOnly(FailoverFacts facts) {
        Map<String, List<String>> names = new TreeMap<>();
        Stream.of(Optional.of(facts.target()), Optional.ofNullable(facts.source()))
                .flatMap(Optional::stream)
                .forEach(side -> names.put(
                        side.datacenter().name(),
                        side.peers().stream()
                                .flatMap(peer -> peer.byVersionOnly().stream())
                                .limit(Holdings.OfPeer.MOST_NAMES)
                                .toList()));
        return names;
    }

    static Map<String, @Nullable Object> fields(FailoverRun run) {
        FailoverRun.Order order = run.order();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run", run.id());
        fields.put("from", order.from().name());
        fields.put("to", order.to().name());
        fields.put("state", run.state().name());
        fields.put("step", run.isRunning() ? run.step().name() : null);
        fields.put("steps", order.steps().stream().map(FailoverStep::name).toList());
        fields.put("forced", order.isForced());
        fields.put("rehearsal", order.isRehearsal());
        fields.put("pastCommit", run.isPastCommit());
        fields.put("basis", order.basis() == null ? null : order.basis().toString());
        fields.put("startedAt", Instant.ofEpochMilli(order.startedMillis()).toString());
        fields.put(
                "endedAt",
                run.endedMillis() == 0
                        ? null
                        : Instant.ofEpochMilli(run.endedMillis()).toString());
        fields.put("before", SideJson.totals(order.before()));
        fields.put("notes", run.notes().stream().map(RunJson::fields).toList());
        return fields;
    }

    static List<Map<String, @Nullable Object>> fields(List<FailoverRun> runs) {
        return runs.stream().map(RunJson::fields).toList();
    }

    private static Map<String, Object> fields(FailoverRun.Note note) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", Instant.ofEpochMilli(note.atMillis()).toString());
        fields.put("text", note.text());
        return fields;
    }
}
