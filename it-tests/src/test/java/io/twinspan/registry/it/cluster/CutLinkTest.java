package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.it.fixture.KafkaArrangement;
import io.twinspan.registry.it.fixture.RecordingClient;
import io.twinspan.registry.it.fixture.TwoDatacenters;
import io.twinspan.registry.ops.link.DatacenterLink.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two datacenters as processes with a relay between them, and official clients on both sides, while the link comes and goes. */
class CutLinkTest {
    private static final Duration OWN_BOUND = Duration.ofSeconds(20);

    /** Within 10 s by DESIGN §13; the rest is for a busy machine. */
    private static final Duration ACROSS_BOUND = Duration.ofSeconds(60);

    private static final Duration DELAY = Duration.ofMillis(10);
    private static final int PORTS_OF_ONE = 200;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(KafkaArrangement.class)
    void aCutTakesNothingAwayAndAfterItBothSidesShowTheSame(KafkaArrangement arrangement) {
        int offset = arrangement == KafkaArrangement.SHARED ? 20_400 + 2 * PORTS_OF_ONE : 20_400;
        try (TwoDatacenters both = TwoDatacenters.start(arrangement, offset, offset + PORTS_OF_ONE, folder)) {
            both.link().delay(DELAY);
            Side east = new Side(new RecordingClient(both.east(), "east-app"), "East", "10.1.0.");
            Side west = new Side(new RecordingClient(both.west(), "west-app"), "West", "10.2.0.");
            east.seen = west.client.subscribe(east.service, ScopeEnum.global);
            west.seen = east.client.subscribe(west.service, ScopeEnum.global);
            assertConverge(east, west, 1);

            both.link().cut();
            assertOwnGoesOn(east, west, 2);
            both.link().heal();
            assertConverge(east, west, 2);

            both.link().cut(Way.EASTWARD);
            assertOwnGoesOn(east, west, 3);
            both.link().heal();
            assertConverge(east, west, 3);

            both.link().sever();
            assertOwnGoesOn(east, west, 4);
            both.link().heal();
            assertConverge(east, west, 4);

            assertNothingVanished(east.seen);
            assertNothingVanished(west.seen);
        }
    }

    /** A datacenter: a service of its own, shown to its own client and to one of the other side. */
    private static final class Side {
        private final RecordingClient client;
        private final String service;
        private final String prefix;
        private final Publisher publisher;
        private final RecordingClient.Shown own;
        private RecordingClient.Shown seen = new RecordingClient.Shown();

        Side(RecordingClient client, String name, String prefix) {
            this.client = client;
            this.service = "com.example.Of" + name;
            this.prefix = prefix;
            this.publisher = client.publish(service, address(1));
            this.own = client.subscribe(service, ScopeEnum.dataCenter);
        }

        String address(int round) {
            return prefix + round + ":12200";
        }
    }

    private static void assertOwnGoesOn(Side east, Side west, int round) {
        for (Side side : List.of(east, west)) {
            side.publisher.republish(side.address(round));
            await("own discovery of " + side.service)
                    .atMost(OWN_BOUND)
                    .until(() -> side.own.now().equals(List.of(side.address(round))));
        }
    }

    private static void assertConverge(Side east, Side west, int round) {
        for (Side side : List.of(east, west)) {
            await(side.service + " of round " + round + " on the other side")
                    .atMost(ACROSS_BOUND)
                    .until(() -> side.seen.now().equals(List.of(side.address(round))));
        }
    }

    /** Before its first address a list may be empty; after it never, and nothing that was replaced comes back. */
    private static void assertNothingVanished(RecordingClient.Shown shown) {
        List<List<String>> lists = shown.all().stream().dropWhile(List::isEmpty).toList();
        assertThat(lists).noneMatch(List::isEmpty);
        assertThat(lists).isSortedAccordingTo((one, other) -> one.get(0).compareTo(other.get(0)));
    }
}
