package io.twinspan.registry.it.cluster;

import io.twinspan.registry.it.fixture.KafkaArrangement;
import io.twinspan.registry.it.fixture.TwoDatacenters;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The rows of {@link FailoverRunbooksTest} five times in a row, with the failback. */
@Tag("long")
class FailoverFiveTimesTest {
    private static final int TIMES = 5;
    private static final int EAST = 18_800;
    private static final int WEST = 19_000;
    private static final int EAST_CUT = 19_200;
    private static final int WEST_CUT = 19_400;

    @TempDir
    Path folder;

    @RepeatedTest(TIMES)
    void aSwitchAFailbackALossAndAReturnTakeNothingFromAnyClientsList() {
        try (TwoDatacenters both = TwoDatacenters.start(KafkaArrangement.SHARED, EAST, WEST, folder)) {
            TwoSidedApplications all = TwoSidedApplications.start(both);
            FailoverRunbooksTest.decide(both);
            FailoverRunbooksTest.play(
                    both, "planned-switch.md", "See what would be done", "Do it", "See that it is done");
            FailoverRunbooksTest.play(both, "failback.md", "Do it", "See that it is done");
            all.assertNothingWasLost();
            FailoverRunbooksTest.switchLossAndReturn(both, all);
            FailoverRunbooksTest.play(both, "clients-left-behind.md", "Call them over");
            all.awaitWhole();
            all.assertNothingWasLost();
        }
    }

    @RepeatedTest(TIMES)
    void aCutAndADoubleForceTakeNothingFromAnyClientsList() {
        try (TwoDatacenters both = TwoDatacenters.start(KafkaArrangement.SHARED, EAST_CUT, WEST_CUT, folder)) {
            TwoSidedApplications all = TwoSidedApplications.start(both);
            FailoverRunbooksTest.decide(both);
            FailoverRunbooksTest.cutAndDoubleForce(both, all);
        }
    }
}
