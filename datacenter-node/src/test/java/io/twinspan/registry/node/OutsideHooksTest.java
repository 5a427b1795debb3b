package io.twinspan.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.failover.FailoverHook;
import io.twinspan.registry.failover.FailoverHook.Part;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.FailoverStep;
import io.twinspan.registry.failover.StepResult;
import io.twinspan.registry.message.SessionTotals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideHooksTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void aCommandIsToldOfTheRunAndItsLastWordsStandInTheResult() throws Exception {
        StepResult result =
                run(hook("echo moving $TWINSPAN_FROM to $TWINSPAN_TO in $TWINSPAN_RUN: $TWINSPAN_PART", LONG));

        assertThat(result).isEqualTo(StepResult.done("dns: moving east to west in f1: act"));
        assertThat(Files.readString(folder.resolve("hooks/dns-act.out"))).contains("moving east to west");
    }

    @Test
    void aCommandThatFailsSaysItsExitCodeAndWhy() throws Exception {
        assertThat(run(hook("echo no such zone >&2; exit 7", LONG)))
                .isEqualTo(StepResult.refused("exit code 7 no such zone"));
    }

    @Test
    void aCommandThatTakesTooLongIsEndedWithAllThatItStarted() throws Exception {
        Path mark = folder.resolve("late");

        StepResult result = run(hook("(tail -f /dev/null; touch " + mark + ") & wait", Duration.ofMillis(300)));
        assertThat(result).isEqualTo(StepResult.refused("not within 300 ms"));
        assertThat(mark).doesNotExist();
    }

    @Test
    void aUrlIsPostedToAndItsStatusDecides() throws Exception {
        AtomicInteger status = new AtomicInteger(200);
        AtomicReference<String> body = new AtomicReference<>("");
        HttpServer server = server(status, body);
        try {
            FailoverHook hook = hook("http://127.0.0.1:" + server.getAddress().getPort() + "/lb", LONG);
            assertThat(run(hook)).isEqualTo(StepResult.done("dns: status 200 told"));
            assertThat(body.get()).contains("\"run\":\"f1\"", "\"to\":\"west\"", "\"part\":\"act\"");
            status.set(503);
            assertThat(run(hook)).isEqualTo(StepResult.refused("status 503 told"));
            status.set(302);
            assertThat(run(hook)).as("redirects are not followed").isEqualTo(StepResult.refused("status 302 told"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aUrlThatHangsAfterItsHeadIsGivenUpInTheHooksTime() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<StepResult> result =
                    begin(hook("http://127.0.0.1:" + server.getLocalPort() + "/lb", Duration.ofMillis(300)));
            try (Socket client = server.accept()) {
                client.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(StepResult.refused("not within 300 ms"));
            }
        }
    }

    @Test
    void ofWhatAUrlAnswersNoMoreIsKeptThanItsLastWords() throws Exception {
        AtomicInteger status = new AtomicInteger(200);
        HttpServer server = server(status, new AtomicReference<>(""), "x".repeat(3_000_000) + " at last");
        try {
            StepResult result =
                    run(hook("http://127.0.0.1:" + server.getAddress().getPort() + "/lb", LONG));
            assertThat(result.isDone()).isTrue();
            assertThat(result.text()).hasSizeLessThan(300).endsWith("x at last");
        } finally {
            server.stop(0);
        }
    }

    private StepResult run(FailoverHook hook) throws Exception {
        return begin(hook).get(30, TimeUnit.SECONDS);
    }

    private CompletableFuture<StepResult> begin(FailoverHook hook) {
        FailoverRun.Order order = new FailoverRun.Order(
                new DatacenterId("east"),
                new DatacenterId("west"),
                null,
                false,
                false,
                1_000,
                List.of(FailoverStep.HOOKS_FIRST),
                SessionTotals.NONE);
        return new OutsideHooks(folder.resolve("hooks"))
                .run(hook, Part.ACT, FailoverRun.first("f1", order, "GO"))
                .toCompletableFuture();
    }

    private static FailoverHook hook(String act, Duration within) {
        return new FailoverHook("dns", FailoverStep.HOOKS_FIRST, act, "", "", within);
    }

    private static HttpServer server(AtomicInteger status, AtomicReference<String> body) throws IOException {
        return server(status, body, "told");
    }

    private static HttpServer server(AtomicInteger status, AtomicReference<String> body, String words)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = words.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }
}
