package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.it.fixture.EstablishedSockets;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.RegistryCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The connection counts that operators check by netstat, and the node's own count of them. */
class LinksTest {
    private static final int SEPARATE_OFFSET = 16_500;
    private static final int INTEGRATED_OFFSET = 16_600;
    private static final int DATA_CONNECTIONS = 10;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void separateRolesHaveTheConnectionsOfTheRunbook() {
        try (RegistryCluster cluster = RegistryCluster.separate(SEPARATE_OFFSET, folder)) {
            assertCounts(cluster);
            for (NodeProcess meta : cluster.nodes(NodeRole.META)) {
                assertSockets(meta, NodePort.META_FOR_DATA, 3);
                assertSockets(meta, NodePort.META_FOR_SESSION, 2);
            }
            for (NodeProcess data : cluster.nodes(NodeRole.DATA)) {
                assertSockets(data, NodePort.DATA_FOR_SESSION, 2 * DATA_CONNECTIONS);
                assertSockets(data, NodePort.DATA_FOR_DATA, 2);
            }
            NodeProcess lost = cluster.nodes(NodeRole.DATA).get(0);
            lost.kill9();
            NodeProcess session = cluster.nodes(NodeRole.SESSION).get(0);
            await("the loss shows")
                    .atMost(SOON)
                    .until(() -> count(session, "data", "out", "connections") == 2 * DATA_CONNECTIONS);
            lost.restart();
            cluster.awaitHealthy();
            assertCounts(cluster);
            assertSockets(lost, NodePort.DATA_FOR_SESSION, 2 * DATA_CONNECTIONS);
        }
    }

    @Test
    void integratedNodesCountWhatIsInMemoryTheSame() {
        try (RegistryCluster cluster = RegistryCluster.integrated(INTEGRATED_OFFSET, folder)) {
            assertCounts(cluster);
            for (NodeProcess node : cluster.nodes()) {
                assertSockets(node, NodePort.META_FOR_DATA, 2);
                assertSockets(node, NodePort.META_FOR_SESSION, 2);
                assertSockets(node, NodePort.DATA_FOR_SESSION, 2 * DATA_CONNECTIONS);
                assertSockets(node, NodePort.DATA_FOR_DATA, 2);
                assertThat(link(node, NodePort.DATA_FOR_SESSION, "out")
                                .path("inMemory")
                                .asInt())
                        .isEqualTo(DATA_CONNECTIONS);
            }
        }
    }

    /** What every node says of itself, in either layout. */
    private static void assertCounts(RegistryCluster cluster) {
        int sessions = cluster.nodes(NodeRole.SESSION).size();
        await("the counts of the runbook").atMost(SOON).untilAsserted(() -> {
            for (NodeProcess meta : cluster.nodes(NodeRole.META)) {
                assertCount(meta, NodePort.META_FOR_DATA, "in", 3);
                assertCount(meta, NodePort.META_FOR_SESSION, "in", sessions);
            }
            for (NodeProcess data : cluster.nodes(NodeRole.DATA)) {
                assertCount(data, NodePort.META_FOR_DATA, "out", 3);
                assertCount(data, NodePort.DATA_FOR_SESSION, "in", sessions * DATA_CONNECTIONS);
                assertCount(data, NodePort.DATA_FOR_DATA, "out", 2);
                assertCount(data, NodePort.DATA_FOR_DATA, "in", 2);
            }
            for (NodeProcess session : cluster.nodes(NodeRole.SESSION)) {
                assertCount(session, NodePort.META_FOR_SESSION, "out", 3);
                assertCount(session, NodePort.DATA_FOR_SESSION, "out", 3 * DATA_CONNECTIONS);
            }
        });
    }

    private static void assertCount(NodeProcess node, NodePort port, String direction, int expected) {
        JsonNode link = link(node, port, direction);
        assertThat(link.path("connections").asInt(-1))
                .as("%s %s of %s: %s", port, direction, node.name(), link)
                .isEqualTo(expected);
        if (direction.equals("out")) {
            assertThat(link.path("expected").asInt(-1))
                    .as("expected of %s", link)
                    .isEqualTo(expected);
        }
    }

    /** What the kernel says of a port of that node. */
    private static void assertSockets(NodeProcess node, NodePort port, int expected) {
        await("sockets of " + port + " at " + node.name())
                .atMost(SOON)
                .untilAsserted(() -> assertThat(EstablishedSockets.at(node.host(), node.number(port)))
                        .isEqualTo(expected));
    }

    private static int count(NodeProcess node, String to, String direction, String field) {
        for (JsonNode link : links(node)) {
            if (link.path("to").asString().equals(to)
                    && link.path("direction").asString().equals(direction)) {
                return link.path(field).asInt();
            }
        }
        return 0;
    }

    private static JsonNode link(NodeProcess node, NodePort port, String direction) {
        for (JsonNode link : links(node)) {
            if (link.path("port").asInt() == node.number(port)
                    && link.path("direction").asString().equals(direction)) {
                return link;
            }
        }
        throw new AssertionError("no " + direction + " link of " + port + " at " + node.name());
    }

    private static JsonNode links(NodeProcess node) {
        NodePort http = node.isA(NodeRole.META)
                ? NodePort.META_HTTP
                : node.isA(NodeRole.DATA) ? NodePort.DATA_HTTP : NodePort.SESSION_HTTP;
        return JsonMapper.shared()
                .readTree(node.get(http, "/digest/links").body())
                .path("links");
    }
}
