package io.twinspan.registry.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.failover.FailoverHook.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class HookStepsTest {
    private static final FailoverStep PLACE = FailoverStep.HOOKS_BEFORE_COMMIT;

    private final List<String> ran = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private final FailoverRun run = new SteppedWorld().begin(false, false);

    @Test
    void hooksOfAPlaceRunInTheirOrderAndAreUndoneTheOtherWayRound() {
        HookSteps steps = steps(hook("a", ""), other(), hook("b", ""));

        assertThat(steps.places()).containsExactly(PLACE, FailoverStep.HOOKS_LAST);
        assertThat(now(steps.check(run, PLACE))).isEqualTo(StepResult.notYet("hooks a, b"));
        assertThat(now(steps.act(run, PLACE)).text()).isEqualTo("a ACT; b ACT");
        assertThat(now(steps.verify(run, PLACE)).text()).isEqualTo("a done; b done");
        assertThat(now(steps.undo(run, PLACE)).isDone()).isTrue();
        assertThat(ran).containsExactly("a ACT", "b ACT", "b UNDO", "a UNDO");
    }

    @Test
    void theFirstThatFailsEndsThePlaceAndIsNamed() {
        failing.add("a ACT");

        assertThat(now(steps(hook("a", ""), hook("b", "")).act(run, PLACE)))
                .isEqualTo(StepResult.refused("hook a, ACT: exit code 1"));
        assertThat(ran).containsExactly("a ACT");
    }

    @Test
    void whatIsInEffectAlreadyIsNotActedAgainAndWhatIsNotYetIsLookedAtAgain() {
        HookSteps steps = steps(hook("a", "look"));
        assertThat(now(steps.act(run, PLACE)).isDone()).isTrue();
        assertThat(ran).containsExactly("a VERIFY");

        failing.add("a VERIFY");
        assertThat(now(steps.act(run, PLACE)).isDone()).isTrue();
        assertThat(ran).containsExactly("a VERIFY", "a VERIFY", "a ACT");
        assertThat(now(steps.verify(run, PLACE))).isEqualTo(StepResult.notYet("hook a, VERIFY: exit code 1"));
        failing.clear();
        assertThat(now(steps.verify(run, PLACE))).isEqualTo(StepResult.done("a done and verified"));
    }

    @Test
    void oneThatCannotBeUndoneIsNamedAndKeepsNoOtherFromIt() {
        failing.add("b UNDO");

        assertThat(now(steps(hook("a", ""), hook("b", "")).undo(run, PLACE)))
                .isEqualTo(StepResult.refused("hook b, UNDO: exit code 1"));
        assertThat(ran).containsExactly("b UNDO", "a UNDO");
    }

    @Test
    void aHookThatCouldNotBeDoneIsRefused() {
        assertThatThrownBy(() -> new FailoverHook("a", FailoverStep.COMMIT, "x", "", "", Duration.ofSeconds(1)))
                .hasMessageContaining("hook a cannot be at step COMMIT");
        assertThatThrownBy(() -> new FailoverHook("a", PLACE, "", "", "", Duration.ofSeconds(1)))
                .hasMessageContaining("needs a name and an act");
        assertThatThrownBy(() -> new FailoverHook("a", PLACE, "x", "", "", Duration.ofMinutes(2)))
                .hasMessageContaining("within PT2M");
        assertThatThrownBy(() -> new HookSteps(Collections.nCopies(21, hook("a", "")), this::answer))
                .hasMessageContaining("21 failover hooks");
    }

    private HookSteps steps(FailoverHook... hooks) {
        return new HookSteps(List.of(hooks), this::answer);
    }

    private CompletableFuture<StepResult> answer(FailoverHook hook, Part part, FailoverRun of) {
        String words = hook.name() + " " + part;
        ran.add(words);
        return CompletableFuture.completedFuture(
                failing.contains(words) ? StepResult.refused("exit code 1") : StepResult.done(words));
    }

    private static FailoverHook hook(String name, String verify) {
        return new FailoverHook(name, PLACE, "do", verify, "back", Duration.ofSeconds(1));
    }

    private static FailoverHook other() {
        return new FailoverHook("z", FailoverStep.HOOKS_LAST, "do", "", "", Duration.ofSeconds(1));
    }

    private static StepResult now(CompletionStage<StepResult> stage) {
        return stage.toCompletableFuture().join();
    }
}
