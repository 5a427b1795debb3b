package io.twinspan.registry.acvip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SessionServersTest {
    private static final Member ASKED = session("b", "east", "10.0.0.2", 9600);

    @Test
    void allLiveSessionsOfTheDatacenterAreListedAtTheirAdvertisedAddress() {
        SessionServers servers = SessionServers.of(
                List.of(session("c", "east", "lb.example", 19600), session("a", "east", "10.0.0.1", 9600), ASKED),
                ASKED,
                Set.of());

        assertThat(servers.text()).isEqualTo("10.0.0.1:9600;10.0.0.2:9600;lb.example:19600");
        assertThat(servers.weightedText())
                .isEqualTo("10.0.0.1:9600?weight=1;10.0.0.2:9600?weight=1;lb.example:19600?weight=1");
    }

    @Test
    void datacentersAndRolesAreNeverMixed() {
        Member data = new Member(
                new NodeId("d"),
                new DatacenterId("east"),
                NodeRole.DATA,
                Map.of(NodePort.DATA_FOR_SESSION, new Endpoint("10.0.0.9", 9620)),
                1);

        assertThat(SessionServers.of(List.of(session("w", "west", "10.1.0.1", 9600), data, ASKED), ASKED, Set.of())
                        .text())
                .isEqualTo("10.0.0.2:9600");
    }

    @Test
    void theAskedSessionIsListedEvenWhenNobodyHasHeardOfIt() {
        assertThat(SessionServers.of(List.of(), ASKED, Set.of()).text()).isEqualTo("10.0.0.2:9600");
    }

    @Test
    void theAskedSessionKnowsItsOwnAddressBetterThanItsMeta() {
        assertThat(SessionServers.of(List.of(session("b", "east", "10.9.9.9", 9600)), ASKED, Set.of())
                        .text())
                .isEqualTo("10.0.0.2:9600");
    }

    @Test
    void aSessionThatDrainsIsNotListed() {
        List<Member> live =
                List.of(session("a", "east", "10.0.0.1", 9600), session("c", "east", "10.0.0.3", 9600), ASKED);

        assertThat(SessionServers.of(live, ASKED, Set.of(new NodeId("a"))).text())
                .isEqualTo("10.0.0.2:9600;10.0.0.3:9600");
        assertThat(SessionServers.of(live, ASKED, Set.of(ASKED.node())).text())
                .isEqualTo("10.0.0.1:9600;10.0.0.3:9600");
    }

    @Test
    void whenAllDrainTheyAreAllListed() {
        List<Member> live = List.of(session("a", "east", "10.0.0.1", 9600), ASKED);

        assertThat(SessionServers.of(live, ASKED, Set.of(new NodeId("a"), ASKED.node()))
                        .text())
                .isEqualTo("10.0.0.1:9600;10.0.0.2:9600");
    }

    @Test
    void anEmptyListIsRefused() {
        assertThatThrownBy(() -> new SessionServers(List.of())).hasMessageContaining("never empty");
    }

    private static Member session(String node, String datacenter, String host, int port) {
        return new Member(
                new NodeId(node),
                new DatacenterId(datacenter),
                NodeRole.SESSION,
                Map.of(NodePort.SESSION_CLIENT, new Endpoint(host, port)),
                1);
    }
}
