package io.twinspan.registry.node.session;

import static io.twinspan.registry.node.session.SessionBench.PAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.node.session.push.FakeConnection;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that are off by their address, at one session. */
final class OffClientsTest {
    private final SessionBench bench = new SessionBench();
    private final FakeConnection one = new FakeConnection(1);
    private final FakeConnection two = new FakeConnection(2);

    @BeforeEach
    void connect() {
        bench.connect(one);
        bench.connect(two);
        bench.subscribe(two, "watching", Scope.DATACENTER);
    }

    @Test
    void aClientIsTakenOutByItsAddressAndStaysConnectedAndIsBackWhenItIsPutOn() {
        bench.publish(one, "p", 1, "a:1");
        bench.subscribe(one, "s", Scope.DATACENTER);
        assertThat(two.shown("watching")).containsExactly("a:1");

        off(1, "10.0.0.1");

        assertThat(two.shown("watching")).isEmpty();
        assertThat(removals()).containsExactly(RemovalCause.CLIENT_OFF);
        assertThat(one.isClosed()).isFalse();
        bench.publish(two, "q", 1, "b:1");
        bench.publish(one, "p", 2, "a:2");
        bench.advance(Duration.ofSeconds(3));
        assertThat(two.shown("watching")).containsExactly("b:1");
        assertThat(one.shown("s")).as("what it was shown before").containsExactly("a:1");

        off(2);

        bench.advance(Duration.ofSeconds(3));
        assertThat(two.shown("watching")).containsExactly("a:2", "b:1");
        assertThat(one.shown("s")).containsExactly("a:2", "b:1");
    }

    @Test
    void aClientThatConnectsWhileItsAddressIsOffIsNeitherListedNorPushedTo() {
        off(1, "10.0.0.3");
        FakeConnection three = new FakeConnection(3);
        bench.connect(three);
        bench.publish(two, "q", 1, "b:1");
        bench.publish(three, "p", 1, "a:1");
        bench.subscribe(three, "s", Scope.DATACENTER);
        bench.advance(Duration.ofSeconds(3));
        assertThat(two.shown("watching")).containsExactly("b:1");
        assertThat(three.shown("s")).isEmpty();

        off(2, "10.0.0.4");
        bench.advance(Duration.ofSeconds(3));
        assertThat(two.shown("watching")).containsExactly("a:1", "b:1");
        assertThat(three.shown("s")).containsExactly("a:1", "b:1");
    }

    @Test
    void whatIsListedStillForAnEarlierConnectionOfItGoesWhenItRegistersAndComesBackWhenItIsPutOn() {
        bench.elsewhere("p", 1, bench.clock.next());
        bench.run();
        assertThat(two.shown("watching")).containsExactly("moved:1");

        off(1, "10.0.0.1");
        bench.publish(one, "p", 1, "a:1");
        bench.run();
        assertThat(bench.data().find(PAY, "p")).isEmpty();
        assertThat(two.shown("watching")).isEmpty();

        off(2);
        bench.advance(Duration.ofSeconds(30));
        assertThat(two.shown("watching")).containsExactly("a:1");
    }

    @Test
    void whoIsOutByConnectionAndByAddressIsBackWhenNeitherHolds() {
        bench.publish(one, "p", 1, "a:1");
        bench.role.setOff(List.of(one.remoteAddress()), true);
        off(1, "10.0.0.1");
        bench.role.setOff(List.of(one.remoteAddress()), false);
        bench.run();
        assertThat(two.shown("watching")).isEmpty();

        bench.role.setOff(List.of(one.remoteAddress()), true);
        off(2);
        assertThat(two.shown("watching")).isEmpty();
        bench.role.setOff(List.of(one.remoteAddress()), false);
        bench.run();
        assertThat(two.shown("watching")).containsExactly("a:1");
    }

    private void off(long version, String... ips) {
        bench.role.onClientsOff(new ClientsOff(
                version, Arrays.stream(ips).collect(Collectors.toMap(ip -> ip, ip -> new ClientsOff.Note("", 1)))));
        bench.run();
    }

    private List<RemovalCause> removals() {
        return bench.data().received(ApplyChanges.class).stream()
                .flatMap(request -> request.changes().stream())
                .map(RegistrationChange::change)
                .flatMap(change ->
                        change instanceof DatumChange.Remove removal ? Stream.of(removal.cause()) : Stream.empty())
                .toList();
    }
}
