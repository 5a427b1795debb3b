package io.twinspan.registry.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.failover.FailoverRun.State;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailoverDriverTest {
    private static final Duration PAUSE = DriverSettings.standard().pause();

    @Test
    void aRunCarriesOutEveryStepAndWritesItDown() {
        SteppedWorld world = new SteppedWorld();
        world.begin(false, false);
        world.drive();

        assertThat(world.run().state()).isEqualTo(State.DONE);
        assertThat(world.inEffect).containsExactly("COMMIT", "MOVE", "SETTLE");
        assertThat(world.commits).containsExactly("8/west");
        assertThat(world.run().notes()).hasSize(1 + SteppedWorld.PLAIN.size());
        assertThat(world.run().endedMillis()).isEqualTo(2_000);
    }

    /** Each call of a run to the journal or to a step: the driver dies there, before the call has an effect or after. */
    static Stream<Arguments> crashes() {
        SteppedWorld whole = new SteppedWorld();
        whole.begin(false, false);
        whole.drive();
        return IntStream.range(0, whole.calls)
                .boxed()
                .flatMap(call -> Stream.of(Arguments.of(call, false), Arguments.of(call, true)));
    }

    @ParameterizedTest
    @MethodSource("crashes")
    void aDriverThatDiesAnywhereChangesNothingInTheOutcome(int call, boolean isAfterEffect) {
        SteppedWorld world = new SteppedWorld();
        world.begin(false, false);
        world.dieAt(call, isAfterEffect);
        world.drive();
        world.takeOver();

        assertThat(world.run().state()).isEqualTo(State.DONE);
        assertThat(world.inEffect).containsExactly("COMMIT", "MOVE", "SETTLE");
        assertThat(world.commits).containsExactly("8/west");
        assertThat(world.run().notes()).hasSize(1 + SteppedWorld.PLAIN.size());
    }

    @ParameterizedTest
    @MethodSource("crashes")
    void aDriverThatDiesAnywhereLeavesARunThatCanStillBeAbortedOrIsPastItsCommit(int call, boolean isAfterEffect) {
        SteppedWorld world = new SteppedWorld();
        world.begin(false, false);
        world.dieAt(call, isAfterEffect);
        world.drive();
        boolean isPast = world.run().isPastCommit();
        world.takeOverAndAbort();

        if (isPast) {
            assertThat(world.run().state()).isEqualTo(State.DONE);
            assertThat(world.inEffect).containsExactly("COMMIT", "MOVE", "SETTLE");
        } else {
            assertThat(world.run().state()).isEqualTo(State.ABORTED);
            assertThat(world.inEffect).isEmpty();
            assertThat(world.commits).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HOLD_SHRINK", "WARM", "IN_SYNC"})
    void abortAfterEachStepBeforeTheCommitRestoresEverything(FailoverStep last) {
        SteppedWorld world = new SteppedWorld();
        world.neverVerified.add(last);
        world.begin(false, false);
        world.driving().drive(world.run());
        world.loop.advance(PAUSE.multipliedBy(3));
        assertThat(world.run().step()).isEqualTo(last);

        world.abort();
        world.loop.advance(PAUSE.multipliedBy(10));

        assertThat(world.run().state()).isEqualTo(State.ABORTED);
        assertThat(world.inEffect).isEmpty();
        assertThat(world.run().notes())
                .extracting(FailoverRun.Note::text)
                .contains("abort: asked for")
                .contains("HOLD_SHRINK undone: undone");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMIT", "MOVE", "SETTLE", "RELEASE"})
    void pastTheCommitNothingIsUndoneAndWhatCannotBeDoneIsGivenUpWithANote(FailoverStep last) {
        SteppedWorld world = new SteppedWorld();
        world.neverVerified.add(last);
        world.begin(false, false);
        world.driving().drive(world.run());
        world.loop.advance(PAUSE.multipliedBy(3));
        assertThat(world.run().isPastCommit()).isTrue();

        world.loop.advance(Duration.ofMinutes(10));

        assertThat(world.run().state()).isEqualTo(State.DONE);
        assertThat(world.commits).containsExactly("8/west");
        assertThat(world.run().notes())
                .extracting(FailoverRun.Note::text)
                .anyMatch(text -> text.startsWith(last + ": GIVEN UP: not within"));
    }

    @ParameterizedTest
    @EnumSource(names = {"HOLD_SHRINK", "WARM", "IN_SYNC", "COMMIT"})
    void aStepThatCannotBeUndoesAPlannedRunAndSaysWhy(FailoverStep refused) {
        SteppedWorld world = new SteppedWorld();
        world.answers.put(refused, StepResult.refused("a newer epoch is known"));
        world.begin(false, false);
        world.drive();

        assertThat(world.run().state()).isEqualTo(State.ABORTED);
        assertThat(world.inEffect).isEmpty();
        assertThat(world.run().notes())
                .extracting(FailoverRun.Note::text)
                .contains("abort: " + refused + " cannot be done: a newer epoch is known");
    }

    @Test
    void aForcedRunGivesUpWhatCannotBeDoneButNeverItsCommit() {
        SteppedWorld world = new SteppedWorld();
        world.answers.put(FailoverStep.HOLD_SHRINK, StepResult.refused("east does not answer"));
        world.neverVerified.addAll(EnumSet.of(FailoverStep.IN_SYNC, FailoverStep.MOVE));
        world.begin(true, false);
        world.drive();
        assertThat(world.run().state()).isEqualTo(State.DONE);
        assertThat(world.commits).containsExactly("8/west");

        SteppedWorld other = new SteppedWorld();
        other.answers.put(FailoverStep.COMMIT, StepResult.refused("a newer epoch is known"));
        other.begin(true, false, FailoverStep.COMMIT);
        other.drive();
        assertThat(other.run().state()).isEqualTo(State.ABORTED);
    }

    @Test
    void aRehearsalWalksThroughAllStepsAndMovesNothing() {
        SteppedWorld world = new SteppedWorld();
        world.answers.put(FailoverStep.MOVE, StepResult.refused("cannot be ordered"));
        world.begin(false, true);
        world.drive();

        assertThat(world.run().state()).isEqualTo(State.REHEARSED);
        assertThat(world.inEffect).isEmpty();
        assertThat(world.commits).isEmpty();
        assertThat(world.run().notes())
                .extracting(FailoverRun.Note::text)
                .contains("COMMIT: would begin; not in effect", "MOVE: would be REFUSED: cannot be ordered");
    }

    @ParameterizedTest
    @EnumSource(names = {"HOOKS_FIRST", "HOOKS_BEFORE_COMMIT", "HOOKS_AFTER_COMMIT", "HOOKS_LAST"})
    void aFailingHookHaltsAPlannedRunSaysHowToGoOnAndCanBeTriedAgain(FailoverStep place) {
        SteppedWorld world = halted(place);
        assertThat(world.run().isRunning()).as("nobody else may begin").isTrue();
        assertThat(world.driving().isDriving()).isFalse();
        assertThat(world.run().notes())
                .extracting(FailoverRun.Note::text)
                .last()
                .asString()
                .contains("HALTED at " + place + ": exit code 1", "failover resume --to west", "--skip");

        world.resume(false);
        assertThat(world.run().state()).as("it still fails").isEqualTo(State.HALTED);
        world.failing.clear();
        world.resume(false);
        assertThat(world.run().state()).isEqualTo(State.DONE);
        assertThat(world.inEffect).contains(place.name(), "COMMIT", "SETTLE");
        assertThat(world.commits).containsExactly("8/west");
    }

    @ParameterizedTest
    @EnumSource(names = {"HOOKS_FIRST", "HOOKS_BEFORE_COMMIT", "HOOKS_AFTER_COMMIT", "HOOKS_LAST"})
    void whatAHookCannotDoIsLeftOutWhenAnOperatorSaysSoOrARunIsForced(FailoverStep place) {
        SteppedWorld world = halted(place);
        world.resume(true);
        assertThat(world.run().state()).isEqualTo(State.DONE);
        assertThat(world.run().notes()).extracting(FailoverRun.Note::text).contains(place + ": SKIPPED by an operator");

        SteppedWorld forced = new SteppedWorld();
        forced.failing.add(place);
        forced.begin(true, false, FailoverStep.values());
        forced.drive();
        assertThat(forced.run().state()).isEqualTo(State.DONE);
        assertThat(forced.run().notes()).extracting(FailoverRun.Note::text).contains(place + ": GIVEN UP: exit code 1");
    }

    @ParameterizedTest
    @EnumSource(names = {"HOOKS_FIRST", "HOOKS_BEFORE_COMMIT"})
    void aRunThatIsHaltedBeforeTheCommitCanBeUndoneWithItsHooks(FailoverStep place) {
        SteppedWorld world = halted(place);
        assertThat(world.run().isPastCommit()).isFalse();
        world.journal = world.journal.with(world.run().aborting(3_000, "asked for"));
        world.takeOver();

        assertThat(world.run().state()).isEqualTo(State.ABORTED);
        assertThat(world.inEffect).isEmpty();
    }

    /** It may be committed: to undo the run would be to undo what everybody follows. */
    @Test
    void aCommitWhoseAnswersAreLostIsTriedUntilItIsKnownHoweverLongThatTakes() {
        SteppedWorld world = new SteppedWorld();
        world.lostCommits = 600;
        world.begin(false, false);
        world.drive();

        assertThat(world.lostCommits).isZero();
        assertThat(world.run().state()).isEqualTo(State.DONE);
        assertThat(world.commits).containsExactly("8/west");
    }

    @Test
    void undoingARehearsalTakesNothingBackBecauseItDidNothing() {
        SteppedWorld world = new SteppedWorld();
        world.inEffect.add("HOLD_SHRINK");
        world.begin(false, true);
        world.abort();
        world.drive();

        assertThat(world.run().state()).isEqualTo(State.ABORTED);
        assertThat(world.inEffect).as("it is somebody else's").containsExactly("HOLD_SHRINK");
    }

    private static SteppedWorld halted(FailoverStep place) {
        SteppedWorld world = new SteppedWorld();
        world.failing.add(place);
        world.begin(false, false, FailoverStep.values());
        world.drive();
        assertThat(world.run().state()).isEqualTo(State.HALTED);
        assertThat(world.run().step()).isEqualTo(place);
        return world;
    }

    @Test
    void ofTwoDriversOfOneRunOneNoticesAndStops() {
        SteppedWorld world = new SteppedWorld();
        FailoverRun first = world.begin(false, false);
        FailoverDriver one = world.driver();
        FailoverDriver two = world.driver();
        one.drive(first);
        two.drive(first);
        world.loop.advance(Duration.ofMinutes(1));

        assertThat(world.run().state()).isEqualTo(State.DONE);
        assertThat(one.isDriving() || two.isDriving()).isFalse();
        assertThat(world.inEffect).containsExactly("COMMIT", "MOVE", "SETTLE");
    }

    @Test
    void aRunBesideAnotherRunIsRefusedAndTheJournalIsBounded() {
        SteppedWorld world = new SteppedWorld();
        FailoverRun first = world.begin(false, false);
        FailoverRun second = FailoverRun.first("f2", first.order(), "GO");

        assertThat(world.journal.refusal(second)).contains("run f1 to west is not over yet");
        world.drive();
        assertThat(world.journal.refusal(second)).isEmpty();
        FailoverJournal many = world.journal;
        for (int i = 0; i < 2 * FailoverJournal.MOST_RUNS; i++) {
            many = many.with(FailoverRun.first("g" + i, first.order(), "GO"));
        }
        assertThat(many.runs()).hasSize(FailoverJournal.MOST_RUNS);
    }

    @Test
    void theSameWritingTwiceIsNoneAndAnOldOneIsRefused() {
        SteppedWorld world = new SteppedWorld();
        FailoverRun first = world.begin(false, false);

        assertThat(world.journal.refusal(first)).isEmpty();
        world.drive();
        assertThat(world.journal.refusal(first)).contains("another meta has gone on");
        assertThat(world.journal.runs()).isEqualTo(List.of(world.run()));
    }
}
