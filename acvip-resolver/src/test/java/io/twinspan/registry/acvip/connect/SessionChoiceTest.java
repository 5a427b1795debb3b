package io.twinspan.registry.acvip.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.acvip.client.AnsweredEndpoint;
import io.twinspan.registry.acvip.client.ServedAnswer;
import io.twinspan.registry.datacenter.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionChoiceTest {
    private static final AnsweredEndpoint A = session("127.0.0.1", 100, true);
    private static final AnsweredEndpoint B = session("127.0.0.2", 100, true);
    private static final AnsweredEndpoint HEAVY = session("127.0.0.3", 1_000, true);
    private static final AnsweredEndpoint ILL = session("127.0.0.4", 100, false);

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final Random chance = new Random(5);

    @Test
    void theLeastLoadedHealthyOneComesFirstAndThoseThatFailedLast() {
        Map<Endpoint, Integer> streams = Map.of(A.address(), 3, B.address(), 2, HEAVY.address(), 10);
        assertThat(SessionChoice.order(List.of(ILL, A, B, HEAVY), streams, Set.of(), chance))
                .containsExactly(HEAVY, B, A, ILL);
        assertThat(SessionChoice.order(List.of(A, B), streams, Set.of(B.address()), chance))
                .containsExactly(A, B);
        assertThat(SessionChoice.order(List.of(ILL, A), streams, Set.of(A.address(), ILL.address()), chance))
                .containsExactly(A, ILL);
    }

    @Test
    void equalsAreTakenByChance() {
        Set<AnsweredEndpoint> first = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            first.add(SessionChoice.order(List.of(A, B), Map.of(), Set.of(), chance)
                    .get(0));
        }
        assertThat(first).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void everySessionThatKeepsTheClientsAddressIsTriedBeforeAnyThatDoesNot() {
        ServedAnswer answer =
                new ServedAnswer("d", Optional.empty(), Set.of(), "c", Duration.ofSeconds(5), List.of(A, B));
        List<Attempt> attempts = Targets.of(answer, ProxyPort.parse("+5"))
                .attempts(Map.of(A.address(), 1), Set.of(), chance, host -> Optional.of(LOOPBACK));
        assertThat(attempts).extracting(Attempt::isProxied).containsExactly(true, true, false, false);
        assertThat(attempts).extracting(each -> each.address().getPort()).containsExactly(9605, 9605, 9600, 9600);
        assertThat(attempts).extracting(Attempt::session).containsExactly(B, A, B, A);
    }

    @Test
    void aProxyPortIsANumberOrADistance() {
        Endpoint client = new Endpoint("h", 10_600);
        assertThat(ProxyPort.parse("9605").of(client)).contains(new Endpoint("h", 9_605));
        assertThat(ProxyPort.parse("+5").of(client)).contains(new Endpoint("h", 10_605));
        assertThat(ProxyPort.NONE.of(client)).isEmpty();
        for (String wrong : List.of("", "0", "-1", "70000", "x", "+0", "++5")) {
            assertThatThrownBy(() -> ProxyPort.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("proxy port");
        }
    }

    private static AnsweredEndpoint session(String host, int weight, boolean isHealthy) {
        return new AnsweredEndpoint(new Endpoint(host, 9600), "east", "", weight, isHealthy);
    }
}
