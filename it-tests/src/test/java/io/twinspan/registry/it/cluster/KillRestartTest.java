package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RawPublishers;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after everything was killed. */
class KillRestartTest {
    private static final int OFFSET = 14_000;
    private static final int PUBLISHERS = 10_000;

    /**
     * From health to the complete list at a new subscriber. It takes well under 2 s on two idle cores; the bound is wide because a
     * test tells whether all are there, not how fast the machine is.
     */
    private static final Duration READABLE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void tenThousandPublishersAreBackWithoutOneOfThemLive() {
        String service = "com.example.Many";
        try (NodeProcess node = NodeProcess.start(NodeSpec.alone("east", OFFSET), folder)) {
            node.awaitHealthy();
            try (RawPublishers publishers = RawPublishers.publish(node, service, PUBLISHERS)) {
                RecordingClient.Shown before =
                        new RecordingClient(node, "before").subscribe(service, ScopeEnum.dataCenter);
                await("all before the kill")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> before.now().size() == PUBLISHERS);
                node.kill9();
                assertThat(publishers.count()).isEqualTo(PUBLISHERS);
            }
            node.restart().awaitHealthy();
            RecordingClient.Shown after = new RecordingClient(node, "after").subscribe(service, ScopeEnum.dataCenter);
            await("all after the restart")
                    .atMost(READABLE)
                    .until(() -> after.now().size() == PUBLISHERS);
            assertThat(after.all()).as("never a shorter list").allMatch(list -> list.size() == PUBLISHERS);
        }
    }
}
