package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.KafkaArrangement;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.RecordedApplication;
import io.twinspan.registry.it.fixture.TwoDatacenters;
import io.twinspan.registry.it.record.ClusterRecord;
import io.twinspan.registry.it.record.RecordChecks;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** All clients of a datacenter are moved to the other by an order, as official clients follow their lists of sessions. */
@Execution(ExecutionMode.CONCURRENT)
class MovingTest {
    private static final List<ScopeEnum> SCOPES = List.of(ScopeEnum.zone, ScopeEnum.dataCenter, ScopeEnum.global);
    private static final int EAST = 8_200;
    private static final int WEST = 9_600;
    private static final int CLIENTS = 100;
    private static final int PUBLISHERS_EACH = 10;
    private static final int SERVICES = 100;
    private static final int SUBSCRIPTIONS_EACH = 3;
    private static final Duration BOUND = Duration.ofSeconds(60);
    /** The client refreshes its list every 30 s, a session closes 5 % a second, and a machine that is busy takes its time. */
    private static final Duration MOVED_WITHIN = Duration.ofMinutes(4);

    private static final String PATH = "/federation/v1/move";

    private final ClusterRecord record = ClusterRecord.fromNow();
    private final List<RecordedApplication> applications = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void theClientsFollowTheirListsAndNobodyIsMissingFromAnyList() {
        try (TwoDatacenters both = TwoDatacenters.start(KafkaArrangement.SHARED, EAST, WEST, folder)) {
            populate(both.east());
            order(both.west(), "prepared");
            await("both hold everything of the other")
                    .atMost(BOUND)
                    .until(() -> look(both.east()).contains("\"isReady\":true")
                            && look(both.west()).contains("\"isReady\":true"));
            await("every list is whole")
                    .atMost(BOUND)
                    .until(() -> new RecordChecks(record)
                            .everyLiveIsShown(record.now(), record.now())
                            .isEmpty());
            long since = record.now();

            order(both.east(), "committed");
            await("the east's list names the west")
                    .atMost(BOUND)
                    .until(() -> both.east()
                            .get(NodePort.SESSION_HTTP, "/api/servers/query")
                            .body()
                            .equals(both.west().address(NodePort.SESSION_CLIENT)));
            await("everybody is in the west").atMost(MOVED_WITHIN).until(() -> {
                String east = look(both.east());
                return Stream.of("connectionsLeft", "awaited", "moving")
                        .allMatch(left -> east.contains("\"" + left + "\":0"));
            });

            assertThat(look(both.east())).contains("\"closed\":" + CLIENTS, "\"overdue\":0", "\"notOver\":[]");
            assertThat(count(both.east())).contains("Publisher count: 0");
            assertThat(count(both.west())).contains("Publisher count: " + CLIENTS * PUBLISHERS_EACH);
            RecordChecks checks = new RecordChecks(record);
            assertThat(checks.nothingIsLost(since)).isEmpty();
            assertThat(checks.everyLiveIsShown(since, record.now())).isEmpty();
            assertThat(record.refusals()).isEmpty();

            HttpResponse<String> wrong = both.east()
                    .post(NodePort.META_HTTP, PATH, "application/json", "{\"run\":\"f2\",\"target\":\"east\"}");
            assertThat(wrong.statusCode()).isEqualTo(400);
        }
    }

    private void populate(NodeProcess east) {
        for (int i = 0; i < CLIENTS; i++) {
            RecordedApplication application = new RecordedApplication(east, "app-" + i, record);
            applications.add(application);
            for (int each = 0; each < PUBLISHERS_EACH; each++) {
                application.publish(service(i * PUBLISHERS_EACH + each), "10.1." + i + "." + each + ":12200");
            }
            for (int each = 0; each < SUBSCRIPTIONS_EACH; each++) {
                application.subscribe(service(i + 31 * each), SCOPES.get(each % SCOPES.size()));
            }
        }
        await("all are acknowledged")
                .atMost(BOUND.multipliedBy(2))
                .until(() -> applications.stream()
                        .map(RecordedApplication::noteAcknowledged)
                        .reduce(true, Boolean::logicalAnd));
    }

    private static void order(NodeProcess node, String stage) {
        HttpResponse<String> answer = node.post(
                NodePort.META_HTTP,
                PATH,
                "application/json",
                "{\"run\":\"f1\",\"epoch\":7,\"issuer\":\"west\",\"source\":\"east\",\"target\":\"west\",\"stage\":\""
                        + stage + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String look(NodeProcess node) {
        return node.get(NodePort.META_HTTP, PATH).body();
    }

    private static String count(NodeProcess node) {
        return node.get(NodePort.SESSION_HTTP, "/digest/data/count").body();
    }

    private static String service(int number) {
        return "com.example.Moved" + number % SERVICES;
    }
}
