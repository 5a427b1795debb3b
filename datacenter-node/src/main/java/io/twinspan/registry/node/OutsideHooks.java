package io.twinspan.registry.node;

import io.twinspan.registry.failover.FailoverHook;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.HookRunner;
import io.twinspan.registry.failover.StepResult;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hooks of operators as commands of the shell, which are told of the run in variables of their environment, and as posts to URLs,
 * which are told in their body. What a command says stands in a file until it is run again. Only the node's own configuration names
 * commands; nobody can by any port.
 */
final class OutsideHooks implements HookRunner {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideHooks.class);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final int HTTP_OK = 200;
    private static final int HTTP_OK_END = 300;

    /** As much of what a hook said as stands in a note. */
    private static final int MOST_SAID = 200;

    private final Path folder;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();

    /** @param folder where the words of commands are kept */
    OutsideHooks(Path folder) {
        this.folder = folder;
    }

    @Override
    public CompletionStage<StepResult> run(FailoverHook hook, FailoverHook.Part part, FailoverRun run) {
        String line = hook.line(part);
        LOG.info("failover hook run={} hook={} part={}", run.id(), hook.name(), part);
        boolean isUrl = line.startsWith("http://") || line.startsWith("https://");
        return isUrl ? post(hook, line, words(hook, part, run)) : command(hook, part, words(hook, part, run));
    }

    private CompletionStage<StepResult> post(FailoverHook hook, String url, Map<String, String> words) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(words)))
                .build();
        LastWords said = new LastWords();
        CompletableFuture<HttpResponse<Void>> exchange =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArrayConsumer(said));
        // The time of a request ends with the head of its answer, and a body may never end.
        return within(
                hook,
                exchange.thenApply(answer -> {
                    boolean isDone = answer.statusCode() >= HTTP_OK && answer.statusCode() < HTTP_OK_END;
                    String line = "status " + answer.statusCode() + " " + shortened(said.text());
                    return isDone ? StepResult.done(hook.name() + ": " + line) : StepResult.refused(line);
                }),
                () -> exchange.cancel(true));
    }

    private CompletionStage<StepResult> command(FailoverHook hook, FailoverHook.Part part, Map<String, String> words) {
        File said = folder.resolve(hook.name().replaceAll("[^A-Za-z0-9._-]", "_") + "-"
                        + part.name().toLowerCase(Locale.ROOT) + ".out")
                .toFile();
        Process process;
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", hook.line(part))
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(said);
            words.forEach(
                    (name, value) -> builder.environment().put("TWINSPAN_" + name.toUpperCase(Locale.ROOT), value));
            process = builder.start();
        } catch (IOException failed) {
            return CompletableFuture.failedFuture(new UncheckedIOException(failed));
        }
        return within(
                hook,
                process.onExit()
                        .thenApply(ended -> ended.exitValue() == 0
                                ? StepResult.done(hook.name() + ": " + words(said))
                                : StepResult.refused("exit code " + ended.exitValue() + " " + words(said))),
                () -> {
                    if (process.isAlive()) {
                        process.descendants().forEach(ProcessHandle::destroyForcibly);
                        process.destroyForcibly();
                    }
                });
    }

    /** @param end ends what goes on after its time; does nothing where it has ended */
    private static CompletionStage<StepResult> within(
            FailoverHook hook, CompletableFuture<StepResult> result, Runnable end) {
        long millis = hook.within().toMillis();
        return result.completeOnTimeout(
                        StepResult.refused("not within " + millis + " ms"), millis, TimeUnit.MILLISECONDS)
                .whenComplete((told, failure) -> end.run());
    }

    private static Map<String, String> words(FailoverHook hook, FailoverHook.Part part, FailoverRun run) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("run", run.id());
        words.put("from", run.order().from().name());
        words.put("to", run.order().to().name());
        words.put("hook", hook.name());
        words.put("part", part.name().toLowerCase(Locale.ROOT));
        words.put("forced", Boolean.toString(run.order().isForced()));
        return words;
    }

    private static String words(File said) {
        try {
            return shortened(Files.readString(said.toPath()));
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String shortened(String said) {
        String line = said.strip().replaceAll("\\s+", " ");
        return line.length() > MOST_SAID ? line.substring(line.length() - MOST_SAID) : line;
    }

    /** The end of what a URL answers; the rest is not kept, however much it is. */
    private static final class LastWords implements Consumer<Optional<byte[]>> {
        private static final int MOST_BYTES = 4_096;

        private byte[] last = new byte[0];

        @Override
        public void accept(Optional<byte[]> part) {
            part.ifPresent(more -> {
                byte[] both = Arrays.copyOf(last, last.length + more.length);
                System.arraycopy(more, 0, both, last.length, more.length);
                last = Arrays.copyOfRange(both, Math.max(0, both.length - MOST_BYTES), both.length);
            });
        }

        String text() {
            return new String(last, StandardCharsets.UTF_8);
        }
    }
}
