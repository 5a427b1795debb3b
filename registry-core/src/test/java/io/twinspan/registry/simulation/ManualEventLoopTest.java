package io.twinspan.registry.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.runtime.EventLoop.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualEventLoopTest {
    private final ManualEventLoop loop = new ManualEventLoop();
    private final List<String> ran = new ArrayList<>();

    @Test
    void nothingRunsUntilItIsTold() {
        loop.execute(() -> ran.add("task"));
        assertThat(ran).isEmpty();
        loop.runDue();
        assertThat(ran).containsExactly("task");
    }

    @Test
    void tasksRunByTimeThenInTheOrderGivenAlsoAcrossLoops() {
        ManualEventLoop other = new ManualEventLoop(loop.clock());
        loop.schedule(Duration.ofMillis(2), () -> ran.add("late@" + loop.nanos()));
        other.schedule(Duration.ofMillis(1), () -> ran.add("first@" + other.nanos()));
        loop.schedule(Duration.ofMillis(1), () -> ran.add("second@" + loop.nanos()));
        loop.advance(Duration.ofMillis(2));
        assertThat(ran).containsExactly("first@1000000", "second@1000000", "late@2000000");
    }

    @Test
    void repetitionRunsAtEachDelayUntilItIsCancelled() {
        Timer timer = loop.scheduleEvery(Duration.ofSeconds(1), () -> ran.add("tick"));
        loop.advance(Duration.ofSeconds(3));
        assertThat(ran).hasSize(3);
        timer.cancel();
        loop.advance(Duration.ofSeconds(3));
        assertThat(ran).hasSize(3);
    }

    @Test
    void cancelledTaskNeverRuns() {
        loop.schedule(Duration.ofSeconds(1), () -> ran.add("task")).cancel();
        loop.advance(Duration.ofSeconds(2));
        assertThat(ran).isEmpty();
    }

    @Test
    void stallRunsOverdueRepetitionsOnceNotOftenAsAPausedProcessWould() {
        loop.scheduleEvery(Duration.ofSeconds(1), () -> ran.add("tick"));
        loop.clock().stall(Duration.ofSeconds(10));
        assertThat(ran).hasSize(1);
    }

    @Test
    void taskThatThrowsFailsTheTestThatRunsIt() {
        loop.execute(() -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(loop::runDue).hasMessage("broken");
    }
}
