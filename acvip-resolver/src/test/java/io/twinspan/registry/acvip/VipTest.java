package io.twinspan.registry.acvip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VipTest {
    private static final HealthCheck TCP =
            new HealthCheck(HealthCheck.Kind.TCP, "/", 2, 3, Duration.ofSeconds(5), Duration.ofSeconds(1));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "::1",
                "localhost",
                "db.localhost",
                "169.254.169.254",
                "fe80::1",
                "0.0.0.0",
                "::",
                "224.0.0.1"
            })
    void aCheckThatWouldGoToTheNodeItselfOrItsLinkIsRefusedWithTheReason(String host) {
        assertThat(vip(host, TCP).checkRefusal())
                .contains("the health check of orders would go to " + host)
                .contains("twinspan.resolver.check-local");
        assertThat(vip(host, HealthCheck.NONE).checkRefusal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.1.1", "2001:db8::1", "db.example.com", "db-1"})
    void aCheckOfAnOrdinaryAddressIsAllowed(String host) {
        assertThat(vip(host, TCP).checkRefusal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.1",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "1.2.3.4.5",
                "256.1.1.1",
                "a b",
                "-",
                "http://x",
                "a..b",
                "::g"
            })
    void whatIsNeitherAnIpInItsUsualFormNorANameIsRefused(String host) {
        assertThatThrownBy(() -> endpoint(host, 1)).hasMessageContaining("neither an ip nor a host name");
    }

    @Test
    void addressesThatANameLeadsToAreJudgedToo() throws UnknownHostException {
        assertThat(AddressRule.refusal(InetAddress.getByAddress("evil.example", new byte[] {127, 0, 0, 1})))
                .contains("loopback");
        assertThat(AddressRule.refusal(
                        InetAddress.getByAddress("evil.example", new byte[] {(byte) 169, (byte) 254, 1, 1})))
                .contains("link-local");
        assertThat(AddressRule.refusal(InetAddress.getByAddress("good.example", new byte[] {10, 0, 0, 1})))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Orders", "a..b", "-a", "a/b", "a b", "session.twinspan", "console.x"})
    void domainsThatCannotBeUsedAreRefused(String domain) {
        assertThatThrownBy(() -> new Vip(domain, List.of(endpoint("10.0.0.1", 1)), null, HealthCheck.NONE, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not usable");
    }

    @Test
    void aVipHasEitherEndpointsOrAServiceAndEachOnce() {
        VipEndpoint one = endpoint("10.0.0.1", 1);
        DataInfoId service = DataInfoId.of("com.example.Orders");

        assertThatThrownBy(() -> new Vip("o", List.of(), null, HealthCheck.NONE, 0))
                .hasMessageContaining("either");
        assertThatThrownBy(() -> new Vip("o", List.of(one), service, HealthCheck.NONE, 0))
                .hasMessageContaining("either");
        assertThatThrownBy(() -> new Vip("o", List.of(one, one), null, HealthCheck.NONE, 0))
                .hasMessageContaining("10.0.0.1:1 twice");
        assertThatThrownBy(() -> new Vip("o", List.of(), service, TCP, 0)).hasMessageContaining("leave the check out");
        assertThatThrownBy(() -> new Vip("o", List.of(one), null, TCP, 101)).hasMessageContaining("protect");
        List<VipEndpoint> many = IntStream.rangeClosed(1, 501)
                .mapToObj(i -> endpoint("10.0.0.1", i))
                .toList();
        assertThatThrownBy(() -> new Vip("o", many, null, TCP, 0)).hasMessageContaining("501 endpoints, 500");
    }

    @Test
    void checksOutOfRangeAreRefusedByName() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new HealthCheck(HealthCheck.Kind.TCP, "/", 0, 3, second, second))
                .hasMessageContaining("rise");
        assertThatThrownBy(() -> new HealthCheck(HealthCheck.Kind.TCP, "/", 1, 11, second, second))
                .hasMessageContaining("fall");
        assertThatThrownBy(() -> new HealthCheck(HealthCheck.Kind.TCP, "/", 1, 1, Duration.ZERO, second))
                .hasMessageContaining("interval");
        assertThatThrownBy(() -> new HealthCheck(HealthCheck.Kind.TCP, "/", 1, 1, second, Duration.ofMinutes(1)))
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> new HealthCheck(HealthCheck.Kind.HTTP, "/a\r\nX: y", 1, 1, second, second))
                .hasMessageContaining("path");
        assertThatThrownBy(() -> new HealthCheck(HealthCheck.Kind.HTTP, "http://x/", 1, 1, second, second))
                .hasMessageContaining("path");
    }

    private static VipEndpoint endpoint(String host, int port) {
        return new VipEndpoint(new Endpoint(host, port), new DatacenterId("east"), "", 100);
    }

    private static Vip vip(String host, HealthCheck check) {
        return new Vip("orders", List.of(endpoint("10.9.9.9", 1), endpoint(host, 80)), null, check, 0);
    }
}
