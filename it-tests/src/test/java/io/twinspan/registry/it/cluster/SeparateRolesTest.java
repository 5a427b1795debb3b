package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three roles in three processes, each killed and started again under a client that is connected. */
class SeparateRolesTest {
    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final int OFFSET = 13_000;

    @TempDir
    Path folder;

    @Test
    void threeProcessesServeAsOneAndSurviveTheLossOfEach() {
        NodeSpec node = NodeSpec.alone("east", OFFSET).with("  logs: " + folder.resolve("logs") + "\n");
        try (NodeProcess meta = NodeProcess.start(node.withRoles(NodeRole.META), folder);
                NodeProcess data = NodeProcess.start(node.withRoles(NodeRole.DATA), folder);
                NodeProcess session = NodeProcess.start(node.withRoles(NodeRole.SESSION), folder)) {
            meta.awaitHealthy();
            data.awaitHealthy();
            session.awaitHealthy();
            RecordingClient client = new RecordingClient(session, "app");
            RecordingClient.Shown shown = client.subscribe("com.example.Three", ScopeEnum.dataCenter);
            Publisher publisher = client.publish("com.example.Three", "10.0.0.1:1");
            await("the first list").atMost(BOUND).until(() -> shown.now().equals(List.of("10.0.0.1:1")));

            meta.kill9();
            publisher.republish("10.0.0.1:2");
            await("a change without meta").atMost(BOUND).until(() -> shown.now().equals(List.of("10.0.0.1:2")));
            meta.restart().awaitHealthy();

            int before = shown.all().size();
            data.restart().awaitHealthy();
            publisher.republish("10.0.0.1:3");
            await("a change after data is back")
                    .atMost(BOUND)
                    .until(() -> shown.now().equals(List.of("10.0.0.1:3")));
            assertThat(shown.all().subList(before, shown.all().size())).noneMatch(List::isEmpty);

            session.restart().awaitHealthy();
            publisher.republish("10.0.0.1:4");
            await("a change after the session is back")
                    .atMost(BOUND)
                    .until(() -> shown.now().equals(List.of("10.0.0.1:4")));
            assertThat(shown.all().subList(before, shown.all().size())).noneMatch(List::isEmpty);
            assertThat(data.get(NodePort.DATA_HTTP, "/digest/datum/count").statusCode())
                    .isEqualTo(200);
            for (String role : List.of("meta", "data", "session")) {
                assertThat(log(role, "registry-connect")).contains(" connected ", " closed ");
                assertThat(log(role, "common-default")).contains("node started");
                assertThat(folder.resolve("logs/registry").resolve(role).resolve("gc.log"))
                        .exists();
            }
        }
    }

    private String log(String role, String name) {
        try {
            return Files.readString(
                    folder.resolve("logs/registry").resolve(role).resolve(name + ".log"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
