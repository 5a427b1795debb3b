package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run that was halted before its commit goes on in another world than it was halted in. */
class FailoverHoursLaterTest {
    private final WestwardBench bench = new WestwardBench();
    private final List<String> failing = new ArrayList<>(List.of("dns ACT"));

    @Test
    void anUnforcedRunDoesNotCommitOnceTheOtherSideIsGone() {
        halt();
        bench.all.cut("east");
        bench.all.pass(Duration.ofSeconds(8));
        resume();
        bench.all.pass(WestwardBench.LONG);

        assertThat(bench.state()).as(bench.notes().toString()).isEqualTo("ABORTED");
        assertThat(bench.west.line()).startsWith("west STANDBY, epoch 1/east");
        assertThat(bench.notes())
                .anyMatch(note -> note.contains("COMMIT cannot be done: not within PT1M: east is not heard"));
    }

    @Test
    void anUnforcedRunWaitsAMomentForTheOtherSideBeforeItCommits() {
        halt();
        bench.all.cut("east");
        bench.all.pass(Duration.ofSeconds(8));
        resume();
        bench.all.pass(Duration.ofSeconds(20));
        assertThat(bench.west.line()).startsWith("west STANDBY, epoch 1/east");
        bench.all.heal();
        bench.all.pass(WestwardBench.LONG);

        bench.assertDone();
        assertThat(bench.west.line()).isEqualTo("west ACTIVE, epoch 3/west, confirmed");
    }

    /** What the run put on both sides at its beginning has ended by itself meanwhile. */
    @Test
    void clientsAreMovedUnderAHoldThatIsInForce() {
        halt();
        bench.all.pass(Duration.ofMinutes(31));
        assertThat(WestwardBench.owners(bench.east)).isEmpty();
        resume();
        bench.until("MOVE");

        String owner = "failover " + bench.run().path("run").asString();
        assertThat(WestwardBench.owners(bench.east)).containsExactly(owner);
        assertThat(WestwardBench.owners(bench.west)).containsExactly(owner);
        bench.all.pass(WestwardBench.LONG);
        bench.assertDone();
        bench.assertNothingIsLeft();
    }

    private void halt() {
        bench.hook(new ArrayList<>(), failing);
        bench.begin(bench.west, "{'to':'west'}");
        bench.all.pass(Duration.ofMinutes(1));
        assertThat(bench.state()).isEqualTo("HALTED");
    }

    private void resume() {
        failing.clear();
        assertThat(bench.west.post("/failover/v1/resume", "{'to':'west'}").status())
                .isEqualTo(200);
    }
}
