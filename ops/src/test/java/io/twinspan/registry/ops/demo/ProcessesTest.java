package io.twinspan.registry.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<RunningProcess> started = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void nothingStays() {
        started.forEach(process -> process.find().ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void aProcessThatIgnoresTheRequestIsKilledAndThatIsSaid() {
        RunningProcess polite = start("east", "sleep 60");
        RunningProcess stubborn =
                start("west", "trap '' TERM; touch " + folder.resolve("ready") + "; while true; do sleep 0.1; done");
        await().atMost(BOUND).until(() -> Files.exists(folder.resolve("ready")));

        new Ending(Duration.ofSeconds(1), said::add).end(List.of(polite, stubborn));

        assertThat(polite.isAlive()).isFalse();
        assertThat(stubborn.isAlive()).isFalse();
        assertThat(said).hasSize(1);
        assertThat(said.get(0)).contains("west (pid " + stubborn.pid() + ")").contains("killed");
    }

    @Test
    void theEndOfAProcessThatIsAboutToGoIsAwaitedUpToABound() {
        RunningProcess going = start("east", "sleep 1");
        RunningProcess staying = start("west", "sleep 60");

        assertThat(Ending.awaitEnd(going, BOUND)).isTrue();
        assertThat(going.isAlive()).isFalse();
        assertThat(Ending.awaitEnd(going, BOUND)).as("it has ended before").isTrue();
        assertThat(Ending.awaitEnd(staying, Duration.ofMillis(100))).isFalse();
        assertThat(staying.isAlive()).isTrue();
    }

    @Test
    void theBrokerIsEndedAfterTheNodes() {
        String note = "trap 'echo %s >> " + folder.resolve("order") + "; exit 0' TERM; touch " + folder
                + "/%s.ready; while true; do sleep 0.05; done";
        RunningProcess kafka = start(DemoHome.KAFKA, note.formatted("kafka", "kafka"));
        RunningProcess east = start("east", note.formatted("east", "east"));
        await().atMost(BOUND)
                .until(() -> Files.exists(folder.resolve("kafka.ready")) && Files.exists(folder.resolve("east.ready")));

        new Ending(BOUND, said::add).end(List.of(kafka, east));

        assertThat(folder.resolve("order")).hasContent("east\nkafka");
        assertThat(said).isEmpty();
    }

    @Test
    void aProcessThatEndsWhileStartingShowsItsLastLines() {
        RunningProcess broken = start("east", "echo cannot bind; echo port taken; exit 3");

        StartupWatch watch = new StartupWatch(new HealthProbe(), BOUND, said::add);

        assertThatThrownBy(() ->
                        watch.await(List.of(broken), Vital.of(Layout.ONE.nodes().get(0))))
                .isInstanceOf(DemoFailedException.class)
                .hasMessageContaining("east (pid " + broken.pid() + ") has ended by itself")
                .hasMessageContaining("| port taken")
                .hasMessageContaining(broken.log());
    }

    @Test
    void healthyIsTwoHundredAndSuccess() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> answers = new ArrayList<>(
                List.of("500 {\"success\":false}", "200 {\"success\":false}", "200 {\"success\" : true}"));
        server.createContext("/health/check", exchange -> {
            String answer = answers.size() > 1 ? answers.remove(0) : answers.get(0);
            byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            Endpoint endpoint = new Endpoint("127.0.0.1", server.getAddress().getPort());
            RunningProcess process = start("east", "sleep 60");

            new StartupWatch(new HealthProbe(), BOUND, said::add)
                    .await(List.of(process), List.of(new Vital("east", "meta", endpoint, true)));

            assertThat(answers).containsExactly("200 {\"success\" : true}");
            assertThat(said).hasSize(1);
            assertThat(said.get(0)).contains("east").contains("healthy after");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatIsNotHealthyInTimeIsNamed() {
        RunningProcess silent = start("east", "sleep 60");
        Vital nobody = new Vital("east", "meta", new Endpoint("127.0.0.1", 1), true);
        StartupWatch watch = new StartupWatch(new HealthProbe(), Duration.ofMillis(200), said::add);

        assertThatThrownBy(() -> watch.await(List.of(silent), List.of(nobody)))
                .isInstanceOf(DemoFailedException.class)
                .hasMessageContaining("east meta (no answer)")
                .hasMessageContaining("It has written nothing");
    }

    private RunningProcess start(String name, String script) {
        RunningProcess process = new Launcher(System.getenv("PATH"))
                .start(name, List.of("/bin/sh", "-c", script), folder, folder.resolve(name + ".log"));
        started.add(process);
        return process;
    }
}
