package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.failover.FailoverHook;
import io.twinspan.registry.failover.FailoverStep;
import io.twinspan.registry.failover.HookRunner;
import io.twinspan.registry.failover.HookSteps;
import io.twinspan.registry.failover.StepResult;
import io.twinspan.registry.message.OperatorAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** Two datacenters, the east active, and what tests ask of the newest run to the west. */
final class WestwardBench {
    /** Longer than any run takes that is not held up. */
    static final Duration LONG = Duration.ofMinutes(6);

    final DutyDatacenters all = new DutyDatacenters("east", "west");
    final DutyDatacenters.Site east = all.site("east");
    final DutyDatacenters.Site west = all.site("west");

    WestwardBench() {
        east.post("/federation/v1/init", "{'active':'east'}");
    }

    /** The west has one hook before the commit, {@code dns}, and starts again with it. */
    void hook(HookRunner runner) {
        FailoverHook dns =
                new FailoverHook("dns", FailoverStep.HOOKS_BEFORE_COMMIT, "do", "", "back", Duration.ofSeconds(1));
        west.hooks = new HookSteps(List.of(dns), runner);
        west.restart();
        all.pass(Duration.ofSeconds(3));
    }

    /** The same hook, which notes what it ran and fails in these parts of it. */
    void hook(List<String> ran, List<String> failing) {
        hook((hook, part, run) -> {
            String words = hook.name() + " " + part;
            ran.add(words);
            return CompletableFuture.completedFuture(
                    failing.contains(words) ? StepResult.refused("exit code 1") : StepResult.done(words));
        });
    }

    void begin(DutyDatacenters.Site site, String body) {
        OperatorAnswer answer = site.post("/failover/v1/run", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** Lets time pass until the run is at this step. */
    void until(String step) {
        for (int i = 0; i < 1_000 && !run().path("step").asString("").equals(step); i++) {
            all.pass(Duration.ofMillis(100));
        }
        assertThat(run().path("step").asString()).isEqualTo(step);
    }

    OperatorAnswer abort() {
        return west.post("/failover/v1/abort", "{'to':'west'}");
    }

    void assertDone() {
        assertThat(state()).as(notes().toString()).isEqualTo("DONE");
        assertThat(notes()).noneMatch(note -> note.contains("NOT undone"));
    }

    void assertNothingIsLeft() {
        for (DutyDatacenters.Site site : List.of(east, west)) {
            assertThat(owners(site)).as("tokens in " + site.own).isEmpty();
            assertThat(site.get("/policies").path("rules"))
                    .as("policies in " + site.own)
                    .isEmpty();
        }
    }

    String state() {
        return run().path("state").asString();
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        run().path("notes").forEach(note -> notes.add(note.path("text").asString()));
        return notes;
    }

    JsonNode run() {
        return west.get("/failover/v1/status?to=west").path("runs").path(0);
    }

    static List<String> owners(DutyDatacenters.Site site) {
        List<String> owners = new ArrayList<>();
        site.get("/push/switch")
                .path("tokens")
                .forEach(token -> owners.add(token.path("owner").asString()));
        return owners;
    }
}
