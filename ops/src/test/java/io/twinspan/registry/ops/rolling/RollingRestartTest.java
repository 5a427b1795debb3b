package io.twinspan.registry.ops.rolling;

import static io.twinspan.registry.datacenter.NodeRole.DATA;
import static io.twinspan.registry.datacenter.NodeRole.META;
import static io.twinspan.registry.datacenter.NodeRole.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RollingRestartTest {
    private final FakeDatacenter east = integrated();

    private static FakeDatacenter integrated() {
        FakeDatacenter east = new FakeDatacenter()
                .with("a", META, DATA, SESSION)
                .with("b", META, DATA, SESSION)
                .with("c", META, DATA, SESSION);
        east.leader = "a";
        return east;
    }

    @Test
    void nodesAreRestartedOneByOneTheLeaderLastUnderAHoldThatEndsWithIt() {
        RollingJournal last = east.procedure().run(east.begin(0));

        assertThat(last.outcome()).isEqualTo(RollingOutcome.DONE);
        assertThat(east.restarts()).containsExactly("b", "c", "a");
        assertThat(east.events).startsWith("save RUNNING underway=0 done=0", "hold");
        assertThat(east.events).endsWith("release", "save DONE underway=0 done=3");
        assertThat(east.isHeld).isFalse();
    }

    @Test
    void theJournalNamesANodeBeforeItIsTouched() {
        east.procedure().run(east.begin(0));

        int first = east.events.indexOf("restart b");
        assertThat(east.events.subList(0, first)).contains("save RUNNING underway=1 done=0");
    }

    @Test
    void aNodeThatBecomesLeaderOnTheWayGoesLast() {
        RollingJournal journal = east.begin(0);
        east.leader = "b";
        east.procedure().run(journal);

        assertThat(east.restarts()).containsExactly("a", "c", "b");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        "its command fails", (Consumer<FakeDatacenter>) east -> east.failing.add("b"), "ended with 1"),
                Arguments.of(
                        "its command restarts nothing",
                        (Consumer<FakeDatacenter>) east -> east.deaf.add("b"),
                        "b (meta, data, session) still runs as it did before"),
                Arguments.of(
                        "it does not get well",
                        (Consumer<FakeDatacenter>) east -> east.sick.add("b"),
                        "not healthy within 5 min: b (meta, data, session): it says 500"),
                Arguments.of(
                        "registrations do not come back",
                        (Consumer<FakeDatacenter>) east -> east.counts = new RegistrationCounts(989, 500, 100, 1_000),
                        "fewer than 99 % are back: 989 publishers of 1000 (if they have gone for good"),
                Arguments.of(
                        "data nodes hold less than before",
                        (Consumer<FakeDatacenter>) east -> east.counts = new RegistrationCounts(1_000, 500, 100, 500),
                        "500 publishers at the data nodes of 1000"),
                Arguments.of(
                        "slots do not settle",
                        (Consumer<FakeDatacenter>) east -> east.unrest = "of 256 slots 3 are not settled",
                        "not as before within 5 min: of 256 slots 3 are not settled"),
                Arguments.of(
                        "slots lose their followers",
                        (Consumer<FakeDatacenter>) east -> east.replicas = 1,
                        "a slot has 1 replicas, there were 2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void itHaltsAtTheFirstNodeAndTouchesNothingElseWhen(String what, Consumer<FakeDatacenter> wrong, String reason) {
        RollingJournal journal = east.begin(0);
        wrong.accept(east);
        RollingJournal last = east.procedure().run(journal);

        assertThat(last.outcome()).isEqualTo(RollingOutcome.HALTED);
        assertThat(last.reason()).contains(reason);
        assertThat(last).isEqualTo(east.journals.get(east.journals.size() - 1));
        assertThat(east.restarts()).containsExactly("b");
        assertThat(east.isHeld).as("the hold is left").isTrue();
        assertThat(east.heldUntil - east.now)
                .as("as long as it can be")
                .isEqualTo(RollingSettings.standard().holdFor().toNanos());
        assertThat(String.join("\n", east.said))
                .contains("HALTED: ", "Nothing else is touched", "--resume", "push open --owner rolling-restart");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void whenMendedItGoesOnWhereItStopped(String what, Consumer<FakeDatacenter> wrong, String reason) {
        RollingJournal journal = east.begin(0);
        wrong.accept(east);
        RollingJournal halted = east.procedure().run(journal);
        int lives = east.life("b");
        east.failing.clear();
        east.deaf.clear();
        east.sick.clear();
        east.counts = FakeDatacenter.BEFORE;
        east.unrest = "";
        east.replicas = 2;

        assertThat(east.procedure().plan(halted).objections()).isEmpty();
        RollingJournal last = east.procedure().run(halted.resumed("restart {node}"));

        assertThat(last.outcome()).isEqualTo(RollingOutcome.DONE);
        assertThat(east.life("b")).as("restarted once, not once more").isEqualTo(Math.max(2, lives));
        assertThat(east.life("a")).isEqualTo(2);
        assertThat(east.life("c")).isEqualTo(2);
        assertThat(east.isHeld).isFalse();
    }

    @Test
    void withoutAHoldNothingIsTouched() {
        east.holdProblem = "NOT confirmed by [b]";
        RollingJournal last = east.procedure().run(east.begin(0));

        assertThat(last.outcome()).isEqualTo(RollingOutcome.HALTED);
        assertThat(last.reason()).contains("nothing was restarted", "NOT confirmed by [b]");
        assertThat(east.restarts()).isEmpty();
        assertThat(east.events).contains("release");
    }

    @Test
    void theHoldIsRenewedWhileItWaits() {
        RollingJournal journal = east.begin(0);
        east.sick.add("b");
        east.procedure().run(journal);

        assertThat(east.events.stream().filter("hold"::equals).count()).isGreaterThanOrEqualTo(6);
        assertThat(RollingSettings.standard().holdFor()).isGreaterThan(Duration.ofMinutes(15));
    }

    @Test
    void aRunThatIsNotWellBeforehandIsRefusedWithEachReason() {
        east.unrest = "of 256 slots 1 are not settled";
        east.isHeld = true;
        east.sick.add("c");

        RollingPlan plan = east.procedure().plan("east", List.copyOf(east.nodes.values()), 0);

        assertThat(plan.objections()).hasSize(3);
        assertThat(plan.objections().get(0)).isEqualTo("c (meta, data, session): it says 500");
        assertThat(plan.objections().get(1)).contains("of 256 slots");
        assertThat(plan.objections().get(2)).contains("another rolling restart is under way");
        assertThat(plan.isGo()).isFalse();
    }

    @Test
    void planTellsTheOrderAndChangesNothing() {
        RollingPlan plan = east.procedure().plan("east", List.copyOf(east.nodes.values()), 0);

        assertThat(plan.isGo()).isTrue();
        assertThat(plan.groups().stream().map(group -> group.get(0).name())).containsExactly("b", "c", "a");
        assertThat(plan.counts()).isEqualTo(FakeDatacenter.BEFORE);
        assertThat(east.events).isEmpty();
    }

    @Test
    void whatIsDoneIsNotGoneOnWith() {
        RollingJournal done = east.procedure().run(east.begin(0));

        assertThat(east.procedure().plan(done).objections())
                .hasSize(1)
                .first()
                .asString()
                .contains("is done");
    }
}
