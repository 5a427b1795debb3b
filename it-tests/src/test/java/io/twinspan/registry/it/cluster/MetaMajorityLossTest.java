package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two of three metas are lost for good, an operator rebuilds the group from the one that is left, and discovery notices nothing. */
@Execution(ExecutionMode.CONCURRENT)
class MetaMajorityLossTest {
    private static final int OFFSET = 18_800;
    private static final List<String> METAS = List.of("127.0.4.1", "127.0.4.2", "127.0.4.3");
    private static final int SERVICES = 10;

    @TempDir
    Path folder;

    private final List<NodeProcess> metas = new ArrayList<>();
    private final List<NodeProcess> others = new ArrayList<>();

    @AfterEach
    void stop() {
        metas.forEach(NodeProcess::close);
        others.forEach(NodeProcess::close);
    }

    @Test
    void rebuiltGroupIsFollowedByEverybodyAndNoListIsShorterOnTheWay() {
        METAS.forEach(host -> metas.add(start(host, NodeRole.META)));
        NodeProcess worker = start(METAS.get(0), NodeRole.DATA, NodeRole.SESSION);
        others.add(worker);
        metas.forEach(NodeProcess::awaitHealthy);
        worker.awaitHealthy();
        RecordingClient publisher = new RecordingClient(worker, "publisher");
        RecordingClient consumer = new RecordingClient(worker, "consumer");
        Map<String, RecordingClient.Shown> shown = new TreeMap<>();
        for (int i = 0; i < SERVICES; i++) {
            publisher.publish(service(i), "10.1.0." + i + ":12200");
            shown.put(service(i), consumer.subscribe(service(i), ScopeEnum.dataCenter));
        }
        awaitEachOf(shown, 1, "before the loss");

        NodeProcess survivor = metas.get(0);
        metas.subList(1, metas.size()).forEach(NodeProcess::kill9);
        soon("no leader to be seen")
                .untilAsserted(() -> assertThat(ask(survivor, "/health/check")).contains("raftStatus:NoLeader"));
        publishAnother(publisher, 1);
        awaitEachOf(shown, 2, "while nobody leads the metas");

        NodeProcess late = start(METAS.get(1), NodeRole.SESSION);
        others.add(late);
        RecordingClient latecomer = new RecordingClient(late, "latecomer");
        Map<String, RecordingClient.Shown> shownLate = new TreeMap<>();
        for (int i = 0; i < SERVICES; i++) {
            shownLate.put(service(i), latecomer.subscribe(service(i), ScopeEnum.dataCenter));
        }
        awaitEachOf(shownLate, 2, "at a session that has started without a quorum");

        soon("the group is rebuilt")
                .untilAsserted(() -> assertThat(survivor.post(
                                        NodePort.META_HTTP,
                                        "/manage/rebuild?confirm=majority-lost",
                                        "application/x-www-form-urlencoded",
                                        "")
                                .body())
                        .contains("\"success\":true"));
        survivor.awaitHealthy();
        soon("data node and session follow the new group").untilAsserted(() -> {
            assertThat(ask(survivor, "/digest/DATA/node/query")).contains(worker.host());
            assertThat(ask(survivor, "/digest/SESSION/node/query")).contains(worker.host());
        });
        publishAnother(publisher, 2);
        awaitEachOf(shown, 3, "under the new group");

        metas.subList(1, metas.size()).forEach(NodeProcess::restart);
        for (NodeProcess lost : metas.subList(1, metas.size())) {
            soon("a lost member that comes back steps aside")
                    .untilAsserted(() -> assertThat(ask(lost, "/health/check")).contains("raftStatus:NotMember"));
        }
        worker.restart().awaitHealthy();
        publishAnother(publisher, 3);
        awaitEachOf(shown, 4, "after a restart of the only data node");
        shown.forEach((service, each) -> assertNeverShorter(service, each.all()));
    }

    private NodeProcess start(String host, NodeRole... roles) {
        NodeSpec spec = NodeSpec.oneOf(METAS, host, "east", OFFSET).withRoles(roles);
        return NodeProcess.start(spec, folder.resolve(host + "-" + roles.length));
    }

    private static void publishAnother(RecordingClient publisher, int round) {
        for (int i = 0; i < SERVICES; i++) {
            publisher.publish(service(i), "10.1." + round + "." + i + ":12200");
        }
    }

    private static void awaitEachOf(Map<String, RecordingClient.Shown> shown, int size, String when) {
        soon("every service shown, " + when)
                .untilAsserted(() -> assertThat(shown.values())
                        .allSatisfy(each -> assertThat(each.now()).hasSize(size)));
    }

    private static void assertNeverShorter(String service, List<List<String>> lists) {
        int longest = 0;
        for (List<String> list : lists) {
            assertThat(list.size()).as("lists of %s: %s", service, lists).isGreaterThanOrEqualTo(longest);
            longest = list.size();
        }
    }

    private static String service(int number) {
        return "com.example.Majority" + number;
    }

    private static String ask(NodeProcess node, String path) {
        try {
            return node.get(NodePort.META_HTTP, path).body();
        } catch (UncheckedIOException down) {
            return "";
        }
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }
}
