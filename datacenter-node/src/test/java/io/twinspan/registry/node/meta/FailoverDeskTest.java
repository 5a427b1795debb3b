package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.SessionTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FailoverDeskTest {
    private static final Duration LONG = WestwardBench.LONG;

    private final WestwardBench bench = new WestwardBench();
    private final DutyDatacenters all = bench.all;
    private final DutyDatacenters.Site east = bench.east;
    private final DutyDatacenters.Site west = bench.west;

    @Test
    void aPlanChangesNothingAndIsAskedOfEitherSide() {
        JsonNode plan = east.get("/failover/v1/plan?to=west");

        assertThat(plan.path("go").asBoolean()).as(plan.toString()).isTrue();
        assertThat(plan.path("plan").asString()).startsWith("1-east-");
        assertThat(west.get("/failover/v1/plan?to=west").path("found")).isEqualTo(plan.path("found"));
        assertThat(west.role.state().book().runs().runs()).isEmpty();
        assertThat(east.get("/push/switch").path("version").asString()).isEqualTo("0");
    }

    @Test
    void aPlannedRunMovesTheDutyHoldsRemovalsMeanwhileAndLeavesNothingBehind() {
        west.held = 7;
        bench.begin(east, "{'to':'west'}");
        all.pass(Duration.ofSeconds(3));
        assertThat(WestwardBench.owners(east)).hasSize(1).allMatch(owner -> owner.startsWith("failover f"));
        assertThat(WestwardBench.owners(west)).isEqualTo(WestwardBench.owners(east));
        assertThat(east.get("/policies").path("rules").path(0).path("peer").asString())
                .isEqualTo("west");
        west.held = 8;
        all.pass(LONG);

        bench.assertDone();
        assertThat(east.line()).isEqualTo("east STANDBY, epoch 3/west, confirmed");
        assertThat(west.line()).isEqualTo("west ACTIVE, epoch 3/west, confirmed");
        bench.begin(west, "{'to':'east'}");
        all.pass(LONG);
        assertThat(east.line()).isEqualTo("east ACTIVE, epoch 5/east, confirmed");
        assertThat(west.line()).isEqualTo("west STANDBY, epoch 5/east, confirmed");
        bench.assertNothingIsLeft();
    }

    /** The meta that drives the run starts again at many moments, each time with what it had journaled. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 17, 23})
    void aMetaThatIsRestartedInTheMiddleChangesNothingInTheOutcome(int everySteps) {
        bench.begin(east, "{'to':'west'}");
        for (int i = 0; i < 12; i++) {
            all.pass(Duration.ofMillis(100L * everySteps));
            west.restart();
        }
        all.pass(LONG);

        bench.assertDone();
        assertThat(west.line()).isEqualTo("west ACTIVE, epoch 3/west, confirmed");
        bench.assertNothingIsLeft();
    }

    @Test
    void whileTheTargetIsNotInSyncARunCanBeAbortedAndEverythingIsAsBefore() {
        west.held = 7;
        bench.begin(west, "{'to':'west'}");
        all.pass(Duration.ofSeconds(5));
        assertThat(bench.state()).isEqualTo("RUNNING");
        assertThat(WestwardBench.owners(west)).hasSize(1);
        assertThat(east.post("/federation/v1/standby", "{'datacenter':'west','position':'out'}")
                        .status())
                .as("another datacenter may decide all the same")
                .isEqualTo(200);

        assertThat(east.post("/failover/v1/abort", "{'to':'west'}").body()).contains("is to be undone");
        all.pass(Duration.ofSeconds(5));
        assertThat(bench.state()).isEqualTo("ABORTED");
        bench.assertNothingIsLeft();
        assertThat(east.line()).startsWith("east ACTIVE, epoch 2/east");
        assertThat(west.post("/failover/v1/abort", "{'to':'west'}").body()).contains("no run to west is under way");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOLD_SHRINK", "WARM", "IN_SYNC", "HOOKS_BEFORE_COMMIT"})
    void abortAtEachStepBeforeTheCommitRestoresDutySwitchPoliciesAndTheMove(String step) {
        List<String> failing = new ArrayList<>(List.of("dns ACT"));
        bench.hook(new ArrayList<>(), failing);
        String line = west.line();
        bench.begin(west, "{'to':'west'}");
        bench.until(step);
        assertThat(bench.abort().status()).isEqualTo(200);
        all.pass(Duration.ofSeconds(10));

        assertThat(bench.state()).isEqualTo("ABORTED");
        assertThat(bench.notes()).noneMatch(note -> note.contains("NOT undone"));
        bench.assertNothingIsLeft();
        assertThat(west.line()).isEqualTo(line);
        for (DutyDatacenters.Site site : List.of(east, west)) {
            assertThat(site.get("/federation/v1/move")
                            .path("order")
                            .path("stage")
                            .asString("ended"))
                    .isEqualTo("ended");
        }
    }

    @Test
    void theActiveSideGathersTheClientsOfAnotherAndDecidesNothing() {
        assertThat(west.post("/failover/v1/run", "{'to':'west','from':'west'}").body())
                .contains("called to the active datacenter only, east, not to west");
        assertThat(west.post("/failover/v1/run", "{'to':'east','from':'mars'}").body())
                .contains("mars is unknown here");
        bench.begin(west, "{'to':'east','from':'west'}");
        all.pass(Duration.ofSeconds(3));
        assertThat(WestwardBench.owners(west)).hasSize(1);
        all.pass(LONG);

        JsonNode run = west.get("/failover/v1/status?to=east").path("runs").path(0);
        assertThat(run.path("state").asString()).as(run.toPrettyString()).isEqualTo("DONE");
        assertThat(run.path("notes").toString()).contains("MOVE: ").doesNotContain("GIVEN UP", "COMMIT");
        assertThat(east.line()).isEqualTo("east ACTIVE, epoch 1/east, confirmed");
        assertThat(west.line()).isEqualTo("west STANDBY, epoch 1/east, confirmed");
        bench.assertNothingIsLeft();
        bench.begin(west, "{'to':'west'}");
        all.pass(LONG);
        bench.assertDone();
    }

    @Test
    void aRunOnAnEpochThatIsNotTheNewestAnyMoreIsUndoneWithTheReason() {
        west.held = 7;
        bench.begin(west, "{'to':'west'}");
        all.pass(Duration.ofSeconds(3));
        east.post("/federation/v1/standby", "{'datacenter':'west','position':'out'}");
        west.held = 8;
        all.pass(LONG);

        assertThat(bench.state()).isEqualTo("ABORTED");
        assertThat(bench.notes())
                .anyMatch(note -> note.contains("the plan was made on epoch 1/east, and epoch 2/east is known"));
        bench.assertNothingIsLeft();
    }

    @Test
    void aRunThatNeverGetsInSyncUndoesItself() {
        west.held = 7;
        bench.begin(west, "{'to':'west'}");
        all.pass(LONG);

        assertThat(bench.state()).isEqualTo("ABORTED");
        assertThat(bench.notes()).anyMatch(note -> note.contains("7 of 8 services of east held"));
        bench.assertNothingIsLeft();
    }

    @Test
    void withoutTheOtherSideOnlyAForcedRunWorksAndSaysWhatItLoses() {
        east.isDown = true;
        all.pass(Duration.ofSeconds(8));
        OperatorAnswer refused = west.post("/failover/v1/run", "{'to':'west'}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("NO-GO: east does not answer", "--force", "the orderly way of the clients");

        bench.begin(west, "{'to':'west','force':true}");
        all.pass(Duration.ofSeconds(1));
        assertThat(bench.state()).isEqualTo("DONE");
        assertThat(west.line()).isEqualTo("west ACTIVE, epoch 2/west, unconfirmed by east");
        assertThat(bench.notes()).anyMatch(note -> note.contains("FORCED, gives up the orderly way"));
        east.isDown = false;
        all.pass(Duration.ofSeconds(8));
        assertThat(east.line()).isEqualTo("east DOWN, epoch 2/west, confirmed");
        assertThat(west.post("/failover/v1/run", "{'to':'east'}").body())
                .contains("east is taken out: 'twinspan standby in --dc east'");
    }

    /** A misspelt wish would be none: a rehearsal would be a failover. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/failover/v1/run | {'to':'west','rehearsal':true} | rehearsal",
                "/failover/v1/abort | {'to':'west','run':'f1'} | run",
                "/failover/v1/resume | {'to':'west','skipped':true} | skipped",
                "/federation/v1/init | {'active':'west','force':true} | force",
                "/federation/v1/confirm | {'activ':'west'} | activ",
                "/federation/v1/standby | {'datacenter':'west','position':'out','dc':'east'} | dc"
            })
    void aFieldThatNobodyReadsIsRefusedByName(String path, String body, String field) {
        OperatorAnswer answer = west.post(path, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("the body has a field '" + field + "'");
        assertThat(bench.run().isMissingNode()).isTrue();
        assertThat(west.line()).isEqualTo("west STANDBY, epoch 1/east, confirmed");
    }

    @Test
    void aPlanToMoveClientsInOrderIsNotRunAsOneWithoutTheOtherSide() {
        String plan = east.get("/failover/v1/plan?to=west").path("plan").asString();
        all.cut("east");
        all.pass(Duration.ofSeconds(8));
        OperatorAnswer answer = west.post("/failover/v1/run", "{'to':'west','force':true,'plan':'" + plan + "'}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("move the clients of east in order, and east does not answer now");
        assertThat(west.line()).startsWith("west STANDBY, epoch 1/east");
    }

    @Test
    void toTheActiveSideOrOnAnOldPlanOrBesideAnotherRunItIsRefusedWithTheReason() {
        String plan = east.get("/failover/v1/plan?to=west").path("plan").asString();
        assertThat(west.post("/failover/v1/run", "{'to':'east'}").body()).contains("east is active already");
        assertThat(west.post("/failover/v1/run", "{'to':'west','plan':'1-east-5-o0'}")
                        .body())
                .contains("s old");
        east.post("/federation/v1/standby", "{'datacenter':'west','position':'out'}");
        east.post("/federation/v1/standby", "{'datacenter':'west','position':'in'}");
        assertThat(west.post("/failover/v1/run", "{'to':'west','plan':'" + plan + "'}")
                        .body())
                .contains("computed on epoch 1/east, it is 3/east now");

        assertThat(west.post("/failover/v1/run", "{'to':'mars'}").status()).isEqualTo(400);
        assertThat(bench.run().isMissingNode()).as("nothing was changed").isTrue();
        bench.assertNothingIsLeft();

        west.held = 7;
        bench.begin(west, "{'to':'west'}");
        all.pass(Duration.ofSeconds(3));
        assertThat(west.post("/failover/v1/run", "{'to':'west','force':true}").body())
                .contains("is not over yet");
    }

    @Test
    void aRehearsalLeavesAReportAndMovesNothing() {
        bench.begin(east, "{'to':'west','rehearse':true}");
        all.pass(Duration.ofSeconds(5));

        assertThat(bench.state()).isEqualTo("REHEARSED");
        assertThat(bench.notes()).anyMatch(note -> note.startsWith("COMMIT: would begin"));
        assertThat(east.line()).isEqualTo("east ACTIVE, epoch 1/east, confirmed");
        bench.assertNothingIsLeft();
    }

    @Test
    void anOperatorsOwnClosingAndPoliciesAreNotTouched() {
        east.post("/push/switch/close", "{'version':'0','reason':'mine'}");
        east.post("/policies/put", "{'version':'0','rules':[{'peer':'west','fetch':'lazy','view':'all'}]}");
        bench.begin(west, "{'to':'west'}");
        all.pass(LONG);

        assertThat(bench.state()).isEqualTo("DONE");
        assertThat(WestwardBench.owners(east)).containsExactly("operator");
        assertThat(east.get("/policies").path("rules")).hasSize(1);
    }

    @Test
    void whatIsRegisteredAfterwardsIsComparedWithBeforeAndTold() {
        bench.begin(east, "{'to':'west'}");
        all.pass(LONG);
        bench.assertDone();
        assertThat(bench.notes())
                .anyMatch(note -> note.startsWith("RELEASE: ")
                        && note.contains("160 publishers, 80 subscribers, 4 watchers registered; before: 160"));

        assertThat(bench.run().path("before").path("publishers").asInt()).isEqualTo(160);
        bench.begin(west, "{'to':'east'}");
        all.pass(Duration.ofSeconds(3));
        west.totals = new SessionTotals(70, 40, 2);
        all.pass(LONG);
        assertThat(east.get("/failover/v1/status?to=east")
                        .path("runs")
                        .path(0)
                        .path("notes")
                        .toString())
                .contains("GIVEN UP: not within", "only 150 publishers of 160 are registered");
        bench.assertNothingIsLeft();
    }

    @Test
    void clientsAreNotSentOverALinkThatWasNotCalmForThirtySeconds() {
        all.cut("east");
        all.pass(Duration.ofSeconds(8));
        all.heal();
        all.pass(Duration.ofSeconds(4));
        bench.begin(west, "{'to':'west'}");
        all.pass(Duration.ofSeconds(15));
        assertThat(bench.run().path("step").asString()).isEqualTo("IN_SYNC");
        assertThat(west.line()).startsWith("west STANDBY, epoch 1/east");

        all.pass(LONG);
        bench.assertDone();
        assertThat(bench.notes()).anyMatch(note -> note.contains("east has been heard without a gap for 3"));
    }

    @Test
    void aFailingHookHaltsTheRunUntilAnOperatorResumesOrUndoesIt() {
        List<String> ran = new ArrayList<>();
        List<String> failing = new ArrayList<>(List.of("dns ACT"));
        bench.hook(ran, failing);
        assertThat(west.post("/failover/v1/resume", "{'to':'west'}").body()).contains("no run to west is halted");
        bench.begin(east, "{'to':'west'}");
        all.pass(LONG);
        assertThat(bench.state()).isEqualTo("HALTED");
        assertThat(bench.notes())
                .anyMatch(note -> note.contains("hook dns, ACT: exit code 1") && note.contains("resume"));
        assertThat(west.post("/failover/v1/run", "{'to':'west'}").body()).contains("is not over yet");
        west.restart();
        all.pass(Duration.ofSeconds(5));
        assertThat(bench.state()).as("another meta does not go on by itself").isEqualTo("HALTED");

        assertThat(east.post("/failover/v1/abort", "{'to':'west'}").status()).isEqualTo(200);
        all.pass(Duration.ofSeconds(5));
        assertThat(bench.state()).isEqualTo("ABORTED");
        assertThat(ran).contains("dns UNDO");
        bench.assertNothingIsLeft();

        bench.begin(east, "{'to':'west'}");
        all.pass(LONG);
        failing.clear();
        assertThat(east.post("/failover/v1/resume", "{'to':'west'}").body()).contains("goes on");
        all.pass(LONG);
        bench.assertDone();
        assertThat(bench.notes()).anyMatch(note -> note.startsWith("HOOKS_BEFORE_COMMIT: dns done"));
    }
}
