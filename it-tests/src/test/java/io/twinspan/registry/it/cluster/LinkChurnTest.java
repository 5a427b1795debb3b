package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.it.fixture.KafkaArrangement;
import io.twinspan.registry.it.fixture.TwoDatacenters;
import io.twinspan.registry.ops.link.DatacenterLink;
import io.twinspan.registry.ops.link.DatacenterLink.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The link between two datacenters fails twenty times under churn, in both arrangements of Kafka; each time both sides agree in the
 * end, and no list of any client may show it. Takes ten minutes an arrangement: {@code mvn verify -Plong}.
 */
@Tag("long")
class LinkChurnTest {
    private static final int OFFSET = 18_000;
    private static final int PORTS_OF_ONE = 200;
    private static final int CUTS = 20;
    private static final Duration DELAY = Duration.ofMillis(15);
    private static final LinkRun.Size SIZE = new LinkRun.Size(100, 5, 10, Duration.ofMillis(50));

    private record Fault(String name, Consumer<DatacenterLink> how) {}

    private static final List<Fault> FAULTS = List.of(
            new Fault("cut", DatacenterLink::cut),
            new Fault("cut to the east", link -> link.cut(Way.EASTWARD)),
            new Fault("cut to the west", link -> link.cut(Way.WESTWARD)),
            new Fault("severed", DatacenterLink::sever),
            new Fault("flapping", link -> link.flap(Duration.ofMillis(700), Duration.ofMillis(300))));

    /** From what nobody need notice to what makes the other side unreachable. */
    private static final List<Duration> LASTING =
            Stream.of(1, 4, 8, 20).map(Duration::ofSeconds).toList();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(KafkaArrangement.class)
    void afterTwentyCutsUnderChurnBothSidesAgreeAndNoListWasWrong(KafkaArrangement arrangement) {
        int offset = arrangement == KafkaArrangement.SHARED ? OFFSET + 2 * PORTS_OF_ONE : OFFSET;
        try (TwoDatacenters both = TwoDatacenters.start(arrangement, offset, offset + PORTS_OF_ONE, folder);
                LinkRun run = new LinkRun(both, SIZE).begin()) {
            both.link().delay(DELAY);
            for (int i = 0; i < CUTS; i++) {
                Fault fault = FAULTS.get(i % FAULTS.size());
                Duration lasting = LASTING.get(i % LASTING.size());
                run.during(
                        fault.name() + ", number " + (i + 1),
                        lasting,
                        () -> fault.how().accept(both.link()));
            }

            System.out.println(
                    arrangement + ": " + run.size() + " lists, " + both.link().cuts() + " cuts");
            assertThat(run.complaints()).as("after %s lists", run.size()).isEmpty();
        }
    }
}
