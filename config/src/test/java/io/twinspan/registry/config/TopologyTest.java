package io.twinspan.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final KafkaCluster OWN = KafkaCluster.open("k:1");
    private static final KafkaCluster NONE = KafkaCluster.open("");

    @Test
    void datacenterNamedTwiceIsRefusedByName() {
        assertThatThrownBy(() -> new Topology(EAST, OWN, List.of("h"), List.of(peer(WEST), peer(WEST))))
                .hasMessageContaining("'west' stands twice");
        assertThatThrownBy(() -> new Topology(EAST, OWN, List.of("h"), List.of(peer(EAST))))
                .hasMessageContaining("'east' stands twice");
    }

    @Test
    void peersWithoutOwnKafkaAreRefused() {
        assertThatThrownBy(() -> new Topology(EAST, NONE, List.of("h"), List.of(peer(WEST))))
                .hasMessageContaining("kafka");
        assertThat(new Topology(EAST, NONE, List.of("h"), List.of()).peers()).isEmpty();
    }

    @Test
    void offsetMovesEveryPortThatIsNotSetByItself() {
        NodePorts ports = new NodePorts(
                "0.0.0.0",
                "node.example",
                1000,
                Map.of(NodePort.SESSION_HTTP, 80),
                Map.of(NodePort.DATA_FOR_DATA, new Endpoint("gateway", 443)));

        assertThat(ports.bound(NodePort.SESSION_CLIENT)).isEqualTo(new Endpoint("0.0.0.0", 10600));
        assertThat(ports.advertised(NodePort.SESSION_HTTP)).isEqualTo(new Endpoint("node.example", 80));
        assertThat(ports.advertised(NodePort.DATA_FOR_DATA)).isEqualTo(new Endpoint("gateway", 443));
        assertThat(ports.advertised(NodeRole.DATA)).hasSize(4);
    }

    @Test
    void twoPortsWithOneNumberAreRefused() {
        assertThatThrownBy(() -> new NodePorts("h", "h", 0, Map.of(NodePort.SESSION_HTTP, 9600), Map.of()))
                .hasMessageContaining("session-client and session-http are both 9600");
    }

    @Test
    void oneClusterIsUsedInOneWay() {
        PeerDatacenter other = new PeerDatacenter(
                WEST, new KafkaCluster("k:1", Map.of("security.protocol", "SSL")), List.of(new Endpoint("h", 9612)));

        assertThatThrownBy(() -> new Topology(EAST, OWN, List.of("h"), List.of(other)))
                .hasMessageContaining("'west' announces in our own cluster k:1");
    }

    private static PeerDatacenter peer(DatacenterId id) {
        return new PeerDatacenter(id, OWN, List.of(new Endpoint("h", 9612)));
    }
}
