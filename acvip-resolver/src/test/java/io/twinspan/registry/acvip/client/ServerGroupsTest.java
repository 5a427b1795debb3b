package io.twinspan.registry.acvip.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerGroupsTest {
    private static final ServerList BOTH =
            list(datacenter("east", "e1:1", "e2:1"), datacenter("west", "w1:1"), datacenter("north", "n1:1"));

    @Test
    void whatWasGivenIsFollowedUntilSomethingIsLearned() {
        ServerGroups groups = ServerGroups.of(ClientSettings.of("a:1", "b:1"), ServerList.EMPTY);
        assertThat(groups.own()).isEmpty();
        assertThat(groups.servers()).containsOnlyKeys(ServerGroups.GIVEN);
    }

    @Test
    void theDatacenterOfTheFirstGivenServerIsTheOwnOne() {
        ServerGroups groups = ServerGroups.of(ClientSettings.of("w1:1", "e1:1"), BOTH);
        assertThat(groups.own()).isEqualTo("west");
        assertThat(groups.names()).containsExactly("west", "east", "north");
    }

    @Test
    void theDatacenterThatIsSaidIsTheOwnOneAndGivenServersComeFirst() {
        ClientSettings settings = ClientSettings.of("w1:1", "e2:1").at(new ClientPlace("east", "", ""));
        ServerGroups groups = ServerGroups.of(settings, BOTH);
        assertThat(groups.names()).containsExactly("east", "north", "west");
        assertThat(groups.servers().get("east")).containsExactly(new Endpoint("e2", 1), new Endpoint("e1", 1));
    }

    @Test
    void aLoadBalancerThatNobodyNamesIsBelievedBeforeOtherDatacenters() {
        ClientSettings settings = ClientSettings.of("balancer:1").at(new ClientPlace("east", "", ""));
        assertThat(ServerGroups.of(settings, BOTH).names())
                .containsExactly("east", ServerGroups.GIVEN, "north", "west");
    }

    @Test
    void nothingThatIsLearnedIsWithoutBound() {
        DatacenterServers[] many = IntStream.range(0, 50)
                .mapToObj(i -> datacenter(
                        "dc" + i,
                        IntStream.range(0, 100)
                                .mapToObj(j -> "h" + i + "-" + j + ":1")
                                .toArray(String[]::new)))
                .toArray(DatacenterServers[]::new);
        ServerGroups groups = ServerGroups.of(ClientSettings.of("a:1"), list(many));
        assertThat(groups.servers()).hasSizeLessThanOrEqualTo(9);
        assertThat(groups.servers().values())
                .allSatisfy(servers -> assertThat(servers).hasSizeLessThanOrEqualTo(16));
    }

    private static ServerList list(DatacenterServers... datacenters) {
        return new ServerList(Optional.empty(), List.of(datacenters));
    }

    private static DatacenterServers datacenter(String name, String... servers) {
        return new DatacenterServers(
                name, "ACTIVE", Stream.of(servers).map(Endpoint::parse).toList());
    }
}
