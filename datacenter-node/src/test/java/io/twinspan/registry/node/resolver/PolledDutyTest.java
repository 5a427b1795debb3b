package io.twinspan.registry.node.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.twinspan.registry.acvip.Duties;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.runtime.ThreadEventLoop;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolledDutyTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");

    @TempDir
    Path folder;

    @Test
    void theHighestEpochIsFollowedAndKeptOverARestart() {
        List<String> told = new ArrayList<>();
        PolledDuty duty = duty();
        duty.onChange(() -> told.add(String.valueOf(duty.current().epoch())));
        assertThat(duty.current()).isEqualTo(Duties.UNDECIDED);

        duty.take(status(3, "ACTIVE", "STANDBY"));
        duty.take(status(7, "DRAINING", "ACTIVE"));
        duty.take(status(7, "DRAINING", "ACTIVE"));
        duty.take(status(6, "ACTIVE", "STANDBY"));
        duty.take("{\"epoch\":null,\"duties\":{}}");
        duty.take("no json");
        duty.take(status(8, "WORKING", "ACTIVE"));

        Duties seventh = new Duties(new FederationEpoch(7, WEST), Map.of(EAST, Duty.DRAINING, WEST, Duty.ACTIVE));
        assertThat(duty.current()).isEqualTo(seventh);
        assertThat(told).containsExactly("3/west", "7/west");
        assertThat(duty().current()).as("after a restart").isEqualTo(seventh);

        duty.take(status(7, "STANDBY", "ACTIVE"));
        assertThat(duty.current().duties()).as("of one epoch the last word").containsEntry(EAST, Duty.STANDBY);
    }

    @Test
    void aMetaThatStallsInTheMiddleOfItsAnswerIsGivenUpForTheNext() throws Exception {
        byte[] seventh = status(7, "DRAINING", "ACTIVE").getBytes(StandardCharsets.UTF_8);
        ThreadEventLoop loop = new ThreadEventLoop("polled-duty-test", fault -> {});
        HttpServer good = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        good.createContext("/federation/v1/status", exchange -> {
            exchange.sendResponseHeaders(200, seventh.length);
            exchange.getResponseBody().write(seventh);
            exchange.close();
        });
        good.start();
        try (ServerSocket stalled = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                PolledDuty duty = new PolledDuty(
                        List.of(
                                new Endpoint("127.0.0.1", stalled.getLocalPort()),
                                new Endpoint("127.0.0.1", good.getAddress().getPort())),
                        loop,
                        folder.resolve("duty"))) {
            CountDownLatch isHeard = new CountDownLatch(1);
            duty.onChange(isHeard::countDown);
            duty.start();
            try (Socket first = stalled.accept()) {
                first.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"epoch\":"
                                .getBytes(StandardCharsets.US_ASCII));
                first.getOutputStream().flush();
                assertThat(isHeard.await(20, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            good.stop(0);
            loop.close();
        }
    }

    private PolledDuty duty() {
        return new PolledDuty(
                List.of(new Endpoint("meta", 9615)), new ManualEventLoop(), folder.resolve("resolver-duty.json"));
    }

    private static String status(long epoch, String east, String west) {
        return "{\"epoch\":{\"number\":" + epoch + ",\"issuer\":\"west\"},\"duties\":{\"east\":\"" + east
                + "\",\"west\":\"" + west + "\"},\"line\":\"\"}";
    }
}
