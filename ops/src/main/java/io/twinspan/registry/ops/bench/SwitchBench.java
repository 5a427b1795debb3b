package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.ops.client.MetaClient;
import io.twinspan.registry.ops.demo.Installation;
import io.twinspan.registry.ops.host.ProcessUsage;
import io.twinspan.registry.slot.SlotId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Closes and opens push at a node of its own under many subscribers. */
public final class SwitchBench {
    private static final Duration STARTING = Duration.ofMinutes(2);
    private static final Duration OPENING = Duration.ofMinutes(2);
    private static final Duration BEFORE_CLOSING = Duration.ofSeconds(2);
    private static final Duration AFTER_CLOSING = Duration.ofSeconds(3);
    private static final Duration AFTER_OPENING = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration MOST_OPENING = Duration.ofSeconds(10);
    private static final Duration MOST_CLOSING = Duration.ofSeconds(1);
    private static final double MOST_SHARE = 0.8;
    private static final String PATH = "/push/switch";
    private static final int FIRST = 1;
    private static final int BETWEEN = 2;
    private static final int LAST = 3;

    private final Installation installation;
    private final InstantSource clock;
    private final Consumer<String> say;

    /** @param say takes lines of progress */
    public SwitchBench(Installation installation, InstantSource clock, Consumer<String> say) {
        this.installation = installation;
        this.clock = clock;
        this.say = say;
    }

    /**
     * The figures.
     *
     * @throws BenchException when nothing can be measured
     */
    public List<SyncFigure> run(SwitchLoad load) {
        Limits.checkUnused(load.folder());
        NodeOrder order = new NodeOrder(load.folder(), "east", load.heap(), load.portOffset());
        try (BenchNode node = BenchNode.start(installation, order)) {
            await("the node was not ready", node::isHealthy);
            await("the node did not settle", () -> node.settledSlots().orElse(0) == SlotId.COUNT);
            MetaClient meta = new MetaClient(node.endpoint(NodePort.META_HTTP));
            ServerClock server = new ServerClock(new ProcessUsage(Path.of("/proc")), List.of(node.pid()));
            try (SwitchCrowd crowd = new SwitchCrowd(node.endpoint(NodePort.SESSION_CLIENT), load, clock)) {
                say.accept(load.subscribers() + " subscribers of " + load.services() + " services subscribe");
                crowd.tally().expect(FIRST);
                crowd.publish(FIRST);
                crowd.subscribe();
                await("the first lists were not all shown", crowd.tally()::isComplete);
                server.awaitQuiet();
                SyncFigure closed = close(meta, crowd);
                crowd.tally().expect(LAST);
                crowd.publish(BETWEEN);
                crowd.publish(LAST);
                server.awaitQuiet();
                return List.of(closed, open(meta, load, crowd, server));
            }
        }
    }

    private SyncFigure close(MetaClient meta, SwitchCrowd crowd) {
        say.accept("closing push while a service is changed all the time");
        CompletableFuture<Void> beating =
                CompletableFuture.runAsync(() -> crowd.beat(BEFORE_CLOSING.plus(AFTER_CLOSING)));
        Waiting.pause(BEFORE_CLOSING);
        boolean wasPushed = crowd.lastBeatNanos() != 0;
        long begin = System.nanoTime();
        String message = turn(meta, "close");
        Duration confirmed = Duration.ofNanos(System.nanoTime() - begin);
        beating.join();
        Duration last = Duration.ofNanos(Math.max(0, crowd.lastBeatNanos() - begin));
        return new SyncFigure(
                "push closed until the last push at a confirmed session",
                String.format(Locale.ROOT, "%d ms after the command", last.toMillis()),
                MOST_CLOSING.toSeconds() + " s at most",
                wasPushed && last.compareTo(MOST_CLOSING) <= 0 && crowd.refused() == 0,
                List.of(String.format(
                        Locale.ROOT,
                        "confirmed after %d ms: %s; a service was changed every 5 ms for %d s more",
                        confirmed.toMillis(),
                        message,
                        AFTER_CLOSING.toSeconds())));
    }

    private SyncFigure open(MetaClient meta, SwitchLoad load, SwitchCrowd crowd, ServerClock server) {
        SwitchTally tally = crowd.tally();
        long early = tally.arrived() + tally.others();
        String waiting = meta.ask(PATH + "/preview").path("pushes").asString("?");
        say.accept("opening push, " + waiting + " pushes wait");
        Optional<Duration> before = server.read();
        long begin = System.nanoTime();
        turn(meta, "open");
        Waiting.until(OPENING, LOOK, "the last lists were not all shown", tally::isComplete);
        Optional<Duration> used = server.since(before);
        Duration taken = Duration.ofNanos(tally.lastNanos() - begin);
        Waiting.pause(AFTER_OPENING);
        double share =
                used.map(time -> (double) time.toNanos() / taken.toNanos()).orElse(0.0);
        int processors = Runtime.getRuntime().availableProcessors();
        List<String> notes = new ArrayList<>();
        notes.add(String.format(
                Locale.ROOT,
                "%d shown the last version, %d times another one, %d times the last one again, %d while closed; %d"
                        + " registrations refused or not answered",
                tally.arrived(),
                tally.others(),
                tally.repeated(),
                early,
                crowd.refused()));
        notes.add(String.format(
                Locale.ROOT,
                "%s pushes waited; the node used %.0f %% of one core, %.0f %% of the machine's %d",
                waiting,
                100 * share,
                100 * share / processors,
                processors));
        return new SyncFigure(
                String.format(
                        Locale.ROOT,
                        "%d subscribers of %d services, each changed twice while push was closed, then opened",
                        load.subscribers(),
                        load.services()),
                String.format(
                        Locale.ROOT,
                        "each the last version once after %.1f s, CPU %.0f %%",
                        taken.toMillis() / 1e3,
                        100 * share / processors),
                "each the last once, none another, within " + MOST_OPENING.toSeconds() + " s, CPU at most 80 %",
                early == 0
                        && tally.others() == 0
                        && tally.repeated() == 0
                        && crowd.refused() == 0
                        && taken.compareTo(MOST_OPENING) <= 0
                        && share / processors <= MOST_SHARE,
                notes);
    }

    private static String turn(MetaClient meta, String how) {
        String version = meta.ask(PATH).path("version").asString("");
        MetaClient.Answer answer =
                meta.post(PATH + "/" + how, "{\"version\":\"" + version + "\",\"reason\":\"bench\"}");
        if (!answer.isDone()) {
            throw new BenchException("push could not be turned: " + answer.message(), null);
        }
        return answer.message();
    }

    private static void await(String otherwise, BooleanSupplier isDone) {
        Waiting.until(STARTING, otherwise, isDone);
    }
}
