package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.CommandLineRun;
import io.twinspan.registry.it.fixture.KafkaArrangement;
import io.twinspan.registry.it.fixture.RunbookPage;
import io.twinspan.registry.it.fixture.TwoDatacenters;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The rows of the disaster table that need a failover, with official clients in both datacenters; the operator follows the runbooks,
 * and every list that any client was shown is looked at.
 */
class FailoverRunbooksTest {
    private static final int EAST = 18_000;
    private static final int WEST = 18_200;
    private static final int EAST_CUT = 18_400;
    private static final int WEST_CUT = 18_600;

    /** Official clients ask for their sessions every 30 s, and a busy machine takes its time. */
    private static final Duration BOUND = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aSwitchALossAndAReturnTakeNothingFromAnyClientsList() {
        try (TwoDatacenters both = TwoDatacenters.start(KafkaArrangement.SHARED, EAST, WEST, folder)) {
            TwoSidedApplications all = TwoSidedApplications.start(both);
            decide(both);
            play(both, "rehearsal.md", "Rehearse", "Read the report");
            switchLossAndReturn(both, all);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aCutAndADoubleForceAreShownUntilConfirmedAndTakeNothingFromAnyClientsList() {
        try (TwoDatacenters both = TwoDatacenters.start(KafkaArrangement.SHARED, EAST_CUT, WEST_CUT, folder)) {
            TwoSidedApplications all = TwoSidedApplications.start(both);
            decide(both);
            play(both, "standby-lost.md", "It is lost, or about to be", "It is back");
            cutAndDoubleForce(both, all);
        }
    }

    /** The active side moves to the west, is lost there, and is found in the east again; the west returns and stands by. */
    static void switchLossAndReturn(TwoDatacenters both, TwoSidedApplications all) {
        play(both, "planned-switch.md", "See what would be done", "Do it", "See that it is done");
        all.assertNothingWasLost();
        assertThat(eastCount(both)).contains("Publisher count: 0");

        both.west().kill9();
        play(both, "active-lost.md", "See that it is lost", "Do it", "See that the clients come");
        await("everybody is in the east")
                .atMost(BOUND)
                .until(() -> eastCount(both).contains("Publisher count: " + TwoSidedApplications.EASTERN_PUBLISHERS));
        all.awaitWhole();
        all.startOneAndStopOne();

        both.west().restart().awaitHealthy();
        play(both, "lost-returns.md", "When it is back", "Readmit it");
        all.awaitWhole();
        all.assertNothingWasLost();
    }

    /** The link is cut, and each side decides for itself; when they hear each other again an operator settles it. */
    static void cutAndDoubleForce(TwoDatacenters both, TwoSidedApplications all) {
        both.link().cut();
        play(both, "datacenters-cut.md", "See that it is a cut", "When the applications cannot reach the active side");
        String east = both.east().address(NodePort.META_HTTP);
        CommandLineRun other = CommandLineRun.of("standby", "out", "--dc", "west", "--server", east);
        assertThat(other.code()).as(other.said()).isZero();

        both.link().heal();
        play(both, "both-active.md", "See it", "Settle it");
        all.awaitWhole();
        all.assertNothingWasLost();
    }

    static void decide(TwoDatacenters both) {
        String east = both.east().address(NodePort.META_HTTP);
        CommandLineRun run = CommandLineRun.of("federation", "init", "--active", "east", "--server", east);
        assertThat(run.code()).as(run.said()).isZero();
    }

    static void play(TwoDatacenters both, String name, String... sections) {
        try (RunbookPage page = RunbookPage.open(name, TwoSidedApplications.words(both))) {
            for (String section : sections) {
                page.play(section);
            }
        }
    }

    private static String eastCount(TwoDatacenters both) {
        return both.east().get(NodePort.SESSION_HTTP, "/digest/data/count").body();
    }
}
