package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.KafkaArrangement;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.RecordingClient;
import io.twinspan.registry.it.fixture.TwoDatacenters;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Duty decided, moved in order and by force, and contested, between two datacenters of real processes. */
class DutyAndFailoverTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration RUN_BOUND = Duration.ofMinutes(6);
    private static final int EAST = 5_000;
    private static final int WEST = 5_300;
    private static final int EAST_CUT = 5_600;
    private static final int WEST_CUT = 5_900;

    @TempDir
    Path folder;

    @Test
    @Tag("long")
    void theDutyIsMovedInOrderAndBackAndByForceWhenTheOtherSideIsLost() {
        try (TwoDatacenters both = TwoDatacenters.start(KafkaArrangement.SHARED, EAST, WEST, folder)) {
            NodeProcess east = both.east();
            NodeProcess west = both.west();
            for (int i = 0; i < 5; i++) {
                new RecordingClient(east, "east-app-" + i).publish("com.example.Moved" + i, "10.1.0.1:" + i);
            }
            RecordingClient.Shown shown =
                    new RecordingClient(west, "west-app").subscribe("com.example.Moved0", ScopeEnum.global);
            await("the east's address").atMost(BOUND).until(() -> shown.now().equals(List.of("10.1.0.1:0")));
            assertThat(post(west, "/failover/v1/run", "{'to':'west'}").body()).contains("federation init");

            assertThat(post(east, "/federation/v1/init", "{'active':'east'}").statusCode())
                    .isEqualTo(200);
            awaitLine(west, "west STANDBY, epoch 1/east, confirmed");
            JsonNode plan = get(east, "/failover/v1/plan?to=west");
            assertThat(plan.path("go").asBoolean()).as(plan.toPrettyString()).isTrue();

            run(east, "west", "");
            awaitLine(west, "west ACTIVE, epoch 3/west, confirmed");
            awaitLine(east, "east STANDBY, epoch 3/west, confirmed");
            assertNothingIsLeft(east);
            assertNothingIsLeft(west);
            run(east, "east", "");
            awaitLine(east, "east ACTIVE, epoch 5/east, confirmed");
            awaitLine(west, "west STANDBY, epoch 5/east, confirmed");
            assertThat(shown.all()
                            .subList(
                                    shown.all().indexOf(List.of("10.1.0.1:0")),
                                    shown.all().size()))
                    .as("no list ever shrank")
                    .noneMatch(List::isEmpty);

            east.kill9();
            await("the west has noticed").atMost(BOUND).until(() -> line(west).contains("unconfirmed by east"));
            HttpResponse<String> refused = post(west, "/failover/v1/run", "{'to':'west'}");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("NO-GO: east does not answer", "--force");
            run(west, "west", ",'force':true");
            awaitLine(west, "west ACTIVE, epoch 6/west, unconfirmed by east");

            east.restart().awaitHealthy();
            awaitLine(east, "east DOWN, epoch 6/west, confirmed");
            await("the east is in sync and readmitted")
                    .atMost(RUN_BOUND)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> post(west, "/federation/v1/standby", "{'datacenter':'east','position':'in'}")
                                    .statusCode()
                            == 200);
            awaitLine(east, "east STANDBY, epoch 7/west, confirmed");
        }
    }

    @Test
    void aDoubleForceDuringACutIsAConflictOnBothSidesUntilAnOperatorConfirms() {
        try (TwoDatacenters both = TwoDatacenters.start(KafkaArrangement.SHARED, EAST_CUT, WEST_CUT, folder)) {
            NodeProcess east = both.east();
            NodeProcess west = both.west();
            post(east, "/federation/v1/init", "{'active':'east'}");
            awaitLine(west, "west STANDBY, epoch 1/east, confirmed");

            both.link().cut();
            await("both have noticed")
                    .atMost(BOUND)
                    .until(() ->
                            line(west).contains("unconfirmed") && line(east).contains("unconfirmed"));
            run(west, "west", ",'force':true");
            post(east, "/federation/v1/standby", "{'datacenter':'west','position':'out'}");
            awaitLine(west, "west ACTIVE, epoch 2/west, unconfirmed by east");
            awaitLine(east, "east ACTIVE, epoch 2/east, unconfirmed by west");
            east.kill9();
            east.restart().awaitHealthy();
            awaitLine(east, "east ACTIVE, epoch 2/east, unconfirmed by west");

            both.link().heal();
            for (NodeProcess node : List.of(east, west)) {
                await("the conflict is shown in " + node.name())
                        .atMost(BOUND)
                        .until(() -> line(node).contains("CONFLICT with 2/east")
                                && status(node, NodePort.SESSION_HTTP)
                                        .path("conflict")
                                        .isObject());
            }
            assertThat(post(east, "/failover/v1/run", "{'to':'east','force':true}")
                            .body())
                    .contains("in CONFLICT");
            assertThat(post(east, "/federation/v1/confirm", "{'active':'east'}").statusCode())
                    .isEqualTo(200);
            awaitLine(east, "east ACTIVE, epoch 3/east, confirmed");
            awaitLine(west, "west STANDBY, epoch 3/east, confirmed");
        }
    }

    private static void run(NodeProcess asked, String to, String more) {
        HttpResponse<String> begun = post(asked, "/failover/v1/run", "{'to':'" + to + "'" + more + "}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        String id = json(begun).path("runs").path(0).path("run").asString();
        await("run " + id)
                .atMost(RUN_BOUND)
                .ignoreExceptions()
                .until(() -> !found(asked, to, id).path("endedAt").isNull());
        JsonNode run = found(asked, to, id);
        assertThat(run.path("state").asString()).as(run.toPrettyString()).isEqualTo("DONE");
    }

    private static JsonNode found(NodeProcess asked, String to, String id) {
        for (JsonNode run : get(asked, "/failover/v1/status?to=" + to).path("runs")) {
            if (run.path("run").asString().equals(id)) {
                return run;
            }
        }
        throw new AssertionError("run " + id + " is not shown");
    }

    private static void assertNothingIsLeft(NodeProcess node) {
        assertThat(get(node, "/push/switch").path("tokens")).isEmpty();
        assertThat(get(node, "/policies").path("rules")).isEmpty();
    }

    /** On the meta's port, and soon after on that of every role. */
    private static void awaitLine(NodeProcess node, String line) {
        List<String> last = new ArrayList<>();
        await(node.name() + ": " + line + "; last " + last)
                .atMost(BOUND)
                .ignoreExceptions()
                .until(() -> {
                    last.clear();
                    last.add(line(node));
                    return line(node).equals(line)
                            && status(node, NodePort.SESSION_HTTP)
                                    .path("line")
                                    .asString()
                                    .equals(line)
                            && status(node, NodePort.DATA_HTTP)
                                    .path("line")
                                    .asString()
                                    .equals(line);
                });
    }

    private static String line(NodeProcess node) {
        return status(node, NodePort.META_HTTP).path("line").asString();
    }

    private static JsonNode status(NodeProcess node, NodePort port) {
        return json(node.get(port, "/federation/v1/status"));
    }

    private static HttpResponse<String> post(NodeProcess node, String path, String body) {
        return node.post(NodePort.META_HTTP, path, "application/json", body.replace('\'', '"'));
    }

    private static JsonNode get(NodeProcess node, String path) {
        HttpResponse<String> answer = node.get(NodePort.META_HTTP, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
