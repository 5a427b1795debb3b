package io.twinspan.registry.node.meta;

import io.twinspan.registry.failover.FailoverPlan;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.FailoverStep;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        fields.put("against", plan.against());
        fields.put("losses", plan.losses());
        fields.put(
                "steps",
                plan.steps().stream().map(step -> step + ": " + step.words()).toList());
        return fields;
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
