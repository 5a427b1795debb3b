package io.twinspan.registry.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.QuietLibraries;
import io.twinspan.registry.ops.host.ProcessUsage;
import io.twinspan.registry.subscription.Scope;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class RoundsTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final ProcessUsage USAGE = new ProcessUsage(Path.of("/proc"));
    private static final ServerClock UNSEEN = new ServerClock(USAGE, List.of());

    @BeforeAll
    static void quieten() {
        QuietLibraries.quieten();
    }

    @Test
    void registrationsAreCountedAndClocked() {
        try (BareServer echo = BareServer.start(false)) {
            Measure measure = new PublishRound("t", CLOCK)
                    .measure(
                            endpoint(echo),
                            new PublishLoad(2, 4, 1, 300),
                            Duration.ofMillis(300),
                            new ServerClock(
                                    USAGE, List.of(ProcessHandle.current().pid())));

            assertThat(measure.operations())
                    .isPositive()
                    .isEqualTo(measure.latencies().count());
            assertThat(measure.failures()).isZero();
            assertThat(measure.serverMicros().isPresent()).isEqualTo(Files.exists(Path.of("/proc/stat")));
        }
    }

    @Test
    void everyChangeIsClockedAtEverySubscriber() {
        PushLoad load = new PushLoad(3, 20, 0, 300, Scope.DATACENTER, false);
        PushRound round = new PushRound(load.subscribers());
        try (BareServer registry = BareServer.start(true);
                PushLine line = new RawPushLine(
                        new PushPlace("com.example.x", endpoint(registry), endpoint(registry)), load, CLOCK, round)) {
            Measure first = round.measure(line, load, UNSEEN);
            Measure second = round.measure(line, load, UNSEEN);

            assertThat(first.plus(second).operations()).isEqualTo(2 * 3 * 20);
            assertThat(first.plus(second).failures()).isZero();
            assertThat(first.serverMicros()).isEmpty();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void othersAreClockedWhileSomeClientsAreStopped() throws IOException {
        PushLoad load = new PushLoad(3, 20, 0, 300, Scope.DATACENTER, false);
        PushRound round = new PushRound(load.subscribers());
        try (BareServer registry = BareServer.start(true);
                PushLine line = new RawPushLine(
                        new PushPlace("com.example.x", endpoint(registry), endpoint(registry)), load, CLOCK, round);
                StoppedClients stopped = StoppedClients.start(endpoint(registry), "com.example.x", 2)) {
            Measure measure = round.measure(line, load, UNSEEN);

            assertThat(Files.readString(Path.of("/proc/" + stopped.pid() + "/stat")))
                    .contains(") T ");
            assertThat(measure.operations()).isEqualTo(3 * 20);
            assertThat(measure.failures()).isZero();
        }
    }

    @Test
    void everyPublisherIsRegisteredOnceAndTheLastAreShown() {
        try (BareServer registry = BareServer.start(true)) {
            FillRound.Filled filled =
                    new FillRound("t", CLOCK).measure(endpoint(registry), new FillLoad(2, 4, 105, 300), true, UNSEEN);

            assertThat(filled.measure().operations()).isEqualTo(105);
            assertThat(filled.measure().failures()).isZero();
            assertThat(filled.visible()).isPresent();
        }
    }

    @Test
    void changesAtAPaceAreClockedAtEverySubscriberOfTheirService() {
        ChurnLoad load = new ChurnLoad(new FillLoad(2, 4, 95, 300), 25, 200, 1);
        try (BareServer registry = BareServer.start(true);
                ChurnRound round = new ChurnRound(
                        new PushPlace("t", endpoint(registry), endpoint(registry)),
                        Scope.DATACENTER,
                        load,
                        CLOCK,
                        UNSEEN)) {
            Measure first = round.measure(Duration.ofMillis(500));
            Measure second = round.measure(Duration.ofMillis(500));

            // 25 subscribers of 10 services: 5 services have three, 5 have two.
            assertThat(first.operations()).isEqualTo(250);
            assertThat(second.operations()).isEqualTo(250);
            assertThat(first.plus(second).failures()).isZero();
        }
    }

    @Test
    void theTotalOfAHistogramIsRead() {
        assertThat(HeapGauge.totalOf("Total        123456       78901234")).hasValue(78_901_234);
        assertThat(HeapGauge.totalOf("   1:        123456       78901234  [B (java.base@17)"))
                .isEmpty();
    }

    @Test
    void aPortWhereNobodyListensIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        PublishRound round = new PublishRound("t", CLOCK);

        assertThatThrownBy(() -> round.measure(
                        new Endpoint("127.0.0.1", port), new PublishLoad(1, 1, 1, 300), Duration.ofMillis(100), UNSEEN))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void valuesCarryTheirNumberAndHaveTheirLength() {
        assertThat(Messages.value(12, 300)).hasSize(300);
        assertThat(Messages.numberOf(List.of("other", Messages.value(12, 32), Messages.value(7, 32))))
                .hasValue(12);
        assertThat(Messages.numberOf(List.of("other"))).isEmpty();
    }

    @Test
    void loadsOutOfBoundsNameTheirOption() {
        assertThatThrownBy(() -> new PublishLoad(0, 1, 1, 300)).hasMessageContaining("--connections is 0");
        assertThatThrownBy(() -> new PublishLoad(1, 1_000, 1, 300)).hasMessageContaining("--in-flight is 1000");
        assertThatThrownBy(() -> new PushLoad(1, 0, 1, 300, Scope.GLOBAL, false))
                .hasMessageContaining("--changes is 0");
    }

    private static Endpoint endpoint(BareServer server) {
        return new Endpoint("127.0.0.1", server.port());
    }
}
