package io.twinspan.registry.ops.bench;

import com.alipay.sofa.registry.core.model.ReceivedData;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.ops.demo.Installation;
import io.twinspan.registry.ops.host.ProcessUsage;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.subscription.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Fills a node of its own, kills it and clocks how it comes back when none of its clients does. */
public final class RestartBench {
    private static final String NAME = "restart";
    private static final Duration STARTING = Duration.ofMinutes(2);

    private final Installation installation;
    private final InstantSource clock;
    private final Consumer<String> say;
    private final ProcessUsage usage = new ProcessUsage(Path.of("/proc"));

    /**
     * What came of it.
     *
     * @param filled how the registrations went
     * @param readable from the start of the process until session and data were well and a subscriber was shown a list
     * @param shown addresses in that list
     * @param settled from the start of the process
     * @param found publishers after it had settled
     * @param residentBytes of the process then
     */
    public record Report(
            RestartLoad load,
            Measure filled,
            Duration readable,
            int shown,
            Duration settled,
            int found,
            Optional<Long> residentBytes) {
        /** True when nothing was refused or lost. */
        public boolean isClean() {
            return filled.failures() == 0 && found == load.fill().publishers();
        }

        /** What a person reads. */
        public List<String> lines() {
            return List.of(
                    String.format(
                            Locale.ROOT,
                            "restart after kill -9: one process, -Xmx%s, %d publishers of %d bytes, %d a service",
                            load.heap(),
                            load.fill().publishers(),
                            load.fill().bytes(),
                            FillLoad.OF_SERVICE),
                    String.format(
                            Locale.ROOT,
                            "  filled:    %.0f registrations/s, %d refused or failed",
                            filled.rate(),
                            filled.failures()),
                    String.format(
                            Locale.ROOT,
                            "  readable:  after %.1f s (session and data healthy, a first list of %d addresses shown)",
                            readable.toMillis() / 1e3,
                            shown),
                    String.format(
                            Locale.ROOT,
                            "  settled:   after %.1f s with %d publishers, %s resident",
                            settled.toMillis() / 1e3,
                            found,
                            residentBytes
                                    .map(bytes -> String.format(Locale.ROOT, "%.0f MB", bytes / 1e6))
                                    .orElse("unknown")));
        }
    }

    /** @param say takes lines of progress */
    public RestartBench(Installation installation, InstantSource clock, Consumer<String> say) {
        this.installation = installation;
        this.clock = clock;
        this.say = say;
    }

    /**
     * Starts, fills, kills and starts again; returns when all is settled.
     *
     * @throws BenchException when the folder holds a node already, or the node does not do its part
     */
    public Report run(RestartLoad load) {
        Limits.checkUnused(load.folder());
        Measure filled;
        say.accept("starting a node in " + load.folder());
        try (BenchNode node = BenchNode.start(installation, load.node())) {
            await(node, "be healthy", node::isHealthy);
            say.accept("registering " + load.fill().publishers() + " publishers");
            filled = fill(node, load.fill());
        }
        say.accept("killed; starting it again");
        long begin = System.nanoTime();
        try (BenchNode node = BenchNode.start(installation, load.node());
                FirstList first = new FirstList()) {
            await(node, "be healthy", node::isHealthy);
            int shown = first.await(node, clock);
            Duration readable = since(begin);
            say.accept(String.format(Locale.ROOT, "readable after %.1f s", readable.toMillis() / 1e3));
            await(node, "settle", () -> node.settledSlots().orElse(0) == SlotId.COUNT);
            Duration settled = since(begin);
            Optional<Long> resident = usage.residentBytes(node.pid());
            int found = node.publishers().orElse(0);
            node.kill();
            return new Report(load, filled, readable, shown, settled, found, resident);
        }
    }

    private Measure fill(BenchNode node, FillLoad load) {
        try (RawClient client = new RawClient(push -> {})) {
            var connections = client.connect(node.endpoint(NodePort.SESSION_CLIENT), load.connections());
            ServerClock server = new ServerClock(usage, List.of(node.pid()));
            Measure filled = new Filling(client, connections, NAME, load, clock).fill(server);
            await(node, "hold what was registered", () -> node.publishers().orElse(0) >= load.publishers());
            // A slot that never settled says nothing after a restart.
            await(node, "settle", () -> node.settledSlots().orElse(0) == SlotId.COUNT);
            server.awaitQuiet();
            // While the connections are open: a connection that closes takes its publishers with it.
            node.kill();
            return filled;
        }
    }

    private static void await(BenchNode node, String what, BooleanSupplier isDone) {
        Waiting.until(STARTING, "the node did not " + what, () -> {
            if (!node.isAlive()) {
                throw new BenchException("the node has ended; see output.log and logs in its folder", null);
            }
            return isDone.getAsBoolean();
        });
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** A subscriber that waits for the first list with addresses. */
    private static final class FirstList implements AutoCloseable {
        private final CompletableFuture<Integer> shown = new CompletableFuture<>();
        private final RawClient client = new RawClient(this::onPush);

        int await(BenchNode node, InstantSource clock) {
            String service = Filling.service(NAME, 0);
            client.subscribe(
                    client.connect(node.endpoint(NodePort.SESSION_CLIENT)),
                    Messages.subscriber(service, service, Scope.DATACENTER, clock.millis()));
            try {
                return shown.get(STARTING.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException nothing) {
                throw new BenchException("no list was shown within " + STARTING.toSeconds() + " s", nothing);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BenchException("interrupted", interrupted);
            }
        }

        private void onPush(ReceivedData push) {
            int addresses = (int) Messages.numbersOf(push).count();
            if (addresses > 0) {
                shown.complete(addresses);
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
