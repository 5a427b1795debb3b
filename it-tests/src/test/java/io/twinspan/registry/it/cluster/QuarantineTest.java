package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RawPublishers;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A session that is killed takes nobody with it who might still be there; a client that stops takes itself away at once. */
@Execution(ExecutionMode.CONCURRENT)
class QuarantineTest {
    private static final int OFFSET = 21_000;
    private static final String SERVICE = "com.example.Held";
    private static final int ON_A = 6;
    private static final int ON_B = 4;

    /** Well beyond the leases of 3 s at meta and 6 s at data nodes. */
    private static final Duration PAST_THE_LEASES = Duration.ofSeconds(10);

    private static final String SHORT =
            "    session-lease: 6s\n    quarantine-bound: 60s\n  membership:\n    lease: 3s\n"
                    // Several that stop one after the other are a crowd too; here they are to leave at once.
                    + "  session:\n    crowd-keep: 0s\n";

    @TempDir
    Path folder;

    @Test
    void aKilledSessionsPublishersAreHeldAndStoppedClientsAreNot() {
        NodeSpec node = NodeSpec.alone("east", OFFSET).with(SHORT);
        NodeSpec other = NodeSpec.oneOf(List.of("127.0.0.1"), "127.0.0.2", "east", OFFSET)
                .with(SHORT);
        try (NodeProcess meta = NodeProcess.start(node.withRoles(NodeRole.META), folder.resolve("meta"));
                NodeProcess data = NodeProcess.start(node.withRoles(NodeRole.DATA), folder.resolve("data"));
                NodeProcess a = NodeProcess.start(other.withRoles(NodeRole.SESSION), folder.resolve("a"));
                NodeProcess b = NodeProcess.start(node.withRoles(NodeRole.SESSION), folder.resolve("b"))) {
            meta.awaitHealthy();
            data.awaitHealthy();
            a.awaitHealthy();
            b.awaitHealthy();
            RecordingClient.Shown shown = new RecordingClient(b, "consumer").subscribe(SERVICE, ScopeEnum.dataCenter);
            List<RawPublishers> ofA = publish(a, 0, ON_A);
            List<RawPublishers> ofB = publish(b, ON_A, ON_B);
            try {
                soon("all are shown").until(() -> shown.now().size() == ON_A + ON_B);
                int before = shown.all().size();

                a.kill9();

                soon("the quarantine names them")
                        .untilAsserted(() -> assertThat(held(data))
                                .contains("\"dataId\":\"" + SERVICE + "\"")
                                .contains("\"held\":6,\"listed\":10")
                                .contains("SESSION_LEASE_OVER"));
                await("the list past the leases")
                        .during(PAST_THE_LEASES)
                        .atMost(PAST_THE_LEASES.plusSeconds(10))
                        .until(() -> shown.now().size() == ON_A + ON_B);
                assertThat(shown.all().subList(before, shown.all().size()))
                        .allMatch(list -> list.size() == ON_A + ON_B);

                close(ofA);
                ofA.addAll(publish(b, 0, ON_A));
                soon("those that are back are free").until(() -> held(data).contains("\"services\":[]"));
                stopOneByOne(ofA, shown);
                assertThat(held(data)).contains("\"services\":[]");
            } finally {
                close(ofA);
                close(ofB);
            }
        }
    }

    private static void stopOneByOne(List<RawPublishers> clients, RecordingClient.Shown shown) {
        int left = shown.now().size();
        for (RawPublishers each : List.copyOf(clients)) {
            int expected = --left;
            each.close();
            clients.remove(each);
            await("the one that stopped is gone")
                    .atMost(Duration.ofSeconds(2))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> shown.now().size() == expected);
        }
    }

    private static List<RawPublishers> publish(NodeProcess session, int first, int number) {
        List<RawPublishers> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            clients.add(RawPublishers.publishOne(session, SERVICE, first + i));
        }
        return clients;
    }

    private static void close(List<RawPublishers> clients) {
        clients.forEach(RawPublishers::close);
        clients.clear();
    }

    private static String held(NodeProcess data) {
        return data.get(NodePort.DATA_HTTP, "/digest/quarantine").body();
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }
}
