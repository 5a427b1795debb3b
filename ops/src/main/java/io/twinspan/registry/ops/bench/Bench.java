package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.SessionAddress;
import io.twinspan.registry.ops.host.Listeners;
import io.twinspan.registry.ops.host.ProcessUsage;
import io.twinspan.registry.subscription.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One run of the load tool: warms both up, lets their rounds alternate, and reports. */
public final class Bench {
    private static final Path PROC = Path.of("/proc");
    private static final int MOST_ROUNDS = 20;
    private static final int MOST_STALLED = 1_000;
    private static final int WARMING_CHANGES = 200;
    private static final int WARMING_PUBLISHERS = 100_000;
    private static final Duration WARMING = Duration.ofSeconds(3);

    private final int rounds;
    private final List<Long> pids;
    private final InstantSource clock;
    private final Consumer<String> say;
    private final ProcessUsage usage = new ProcessUsage(PROC);
    private final String run;

    /**
     * @param rounds of each, alternating
     * @param pids of the server's processes; none lets them be found by port
     * @param say takes lines of progress
     */
    public Bench(int rounds, List<Long> pids, InstantSource clock, Consumer<String> say) {
        this.rounds = Limits.check("--rounds", rounds, 1, MOST_ROUNDS);
        this.pids = List.copyOf(pids);
        this.clock = clock;
        this.say = say;
        this.run = Long.toString(clock.millis(), Character.MAX_RADIX);
    }

    /**
     * Measures registrations against an echo.
     *
     * @param http the session's HTTP port
     * @throws BenchException when nothing can be measured
     */
    public BenchReport publish(Endpoint http, PublishLoad load) {
        Endpoint bolt = new SessionAddress(http).query().get(0);
        ServerClock server = serverClock(List.of(bolt));
        PublishRound round = new PublishRound(run, clock);
        Duration length = Duration.ofSeconds(load.seconds());
        try (BareProcess echo = BareProcess.start(false)) {
            ServerClock echoClock = new ServerClock(usage, List.of(echo.pid()));
            say.accept("warming up");
            round.measure(bolt, load, WARMING, server);
            round.measure(echo.endpoint(), load, WARMING, echoClock);
            Pair pair = alternate(
                    () -> round.measure(bolt, load, length, server),
                    () -> round.measure(echo.endpoint(), load, length, echoClock));
            String title = String.format(
                    Locale.ROOT,
                    "registrations: raw Bolt, %d connections x %d in flight, %d bytes, %d rounds of %d s each",
                    load.connections(),
                    load.inFlight(),
                    load.bytes(),
                    rounds,
                    load.seconds());
            return new BenchReport(title, "ops", bolt.toString(), pair.own(), "bare Bolt echo", pair.bare());
        }
    }

    /**
     * Measures from publishing to being shown, against a naive registry in memory that is always asked by raw Bolt.
     *
     * @param east HTTP port of the session that is published at
     * @param west HTTP port of the session that is subscribed at; the same one, or another datacenter's
     * @throws BenchException when nothing can be measured
     */
    public BenchReport push(Endpoint east, Endpoint west, PushLoad load) {
        Endpoint eastBolt = new SessionAddress(east).query().get(0);
        Endpoint westBolt = new SessionAddress(west).query().get(0);
        ServerClock server = serverClock(List.of(eastBolt, westBolt));
        String dataId = "com.example.bench." + run + ".push";
        PushRound own = new PushRound(load.subscribers());
        PushRound bare = new PushRound(load.subscribers());
        try (BareProcess registry = BareProcess.start(true);
                PushLine ownLine = load.isOfficial()
                        ? new OfficialPushLine(new PushPlace(dataId, east, west), load, own)
                        : new RawPushLine(new PushPlace(dataId, eastBolt, westBolt), load, clock, own);
                PushLine bareLine = new RawPushLine(
                        new PushPlace(dataId, registry.endpoint(), registry.endpoint()), load, clock, bare)) {
            ServerClock bareClock = new ServerClock(usage, List.of(registry.pid()));
            say.accept("warming up");
            own.measure(ownLine, load.withChanges(WARMING_CHANGES), server);
            bare.measure(bareLine, load.withChanges(WARMING_CHANGES), bareClock);
            Pair pair =
                    alternate(() -> own.measure(ownLine, load, server), () -> bare.measure(bareLine, load, bareClock));
            String servers = eastBolt.equals(westBolt) ? eastBolt.toString() : eastBolt + ">" + westBolt.port();
            String title = String.format(
                    Locale.ROOT,
                    "publish to shown: %s, %d subscribers of scope %s, %d bytes, %d rounds of %d changes, one at a time, pause"
                            + " %d ms",
                    load.isOfficial() ? "official client" : "raw Bolt",
                    load.subscribers(),
                    load.scope().wireName(),
                    load.bytes(),
                    rounds,
                    load.changes(),
                    load.pauseMillis());
            return new BenchReport(title, "pushes", servers, pair.own(), "naive registry, raw Bolt", pair.bare());
        }
    }

    /**
     * Measures pushes while other subscribers of the same service have been stopped and read nothing, and without those.
     *
     * @param http the session's HTTP port
     * @param stalled clients that are stopped, on a connection each
     * @throws BenchException when nothing can be measured
     */
    public BenchReport stalled(Endpoint http, PushLoad load, int stalled) {
        Limits.check("--stalled", stalled, 1, MOST_STALLED);
        Endpoint bolt = new SessionAddress(http).query().get(0);
        ServerClock server = serverClock(List.of(bolt));
        String dataId = "com.example.bench." + run + ".stalled";
        PushRound round = new PushRound(load.subscribers());
        try (PushLine line = load.isOfficial()
                ? new OfficialPushLine(new PushPlace(dataId, http, http), load, round)
                : new RawPushLine(new PushPlace(dataId, bolt, bolt), load, clock, round)) {
            say.accept("warming up");
            round.measure(line, load.withChanges(WARMING_CHANGES), server);
            Pair pair = alternate(
                    () -> {
                        try (StoppedClients stopped = StoppedClients.start(bolt, dataId, stalled)) {
                            say.accept("stopped " + stalled + " clients in process " + stopped.pid());
                            server.awaitQuiet();
                            return round.measure(line, load, server);
                        }
                    },
                    () -> {
                        server.awaitQuiet();
                        return round.measure(line, load, server);
                    });
            String title = String.format(
                    Locale.ROOT,
                    "publish to shown: %d subscribers, %d bytes, %d rounds of %d changes, pause %d ms; beside them %d stopped"
                            + " by SIGSTOP",
                    load.subscribers(),
                    load.bytes(),
                    rounds,
                    load.changes(),
                    load.pauseMillis(),
                    stalled);
            return new BenchReport(title, "pushes", stalled + " stopped", pair.own(), "none stopped", pair.bare());
        }
    }

    /**
     * Registers a number of publishers once, against an echo, and clocks when a subscriber is shown the last.
     *
     * @param http the session's HTTP port
     * @throws BenchException when nothing can be measured
     */
    public BenchReport fill(Endpoint http, FillLoad load) {
        Endpoint bolt = new SessionAddress(http).query().get(0);
        ServerClock server = serverClock(List.of(bolt));
        FillRound round = new FillRound(run, clock);
        List<Duration> visible = new ArrayList<>();
        try (BareProcess echo = BareProcess.start(false)) {
            ServerClock echoClock = new ServerClock(usage, List.of(echo.pid()));
            say.accept("warming up");
            FillLoad warming = load.withPublishers(Math.min(load.publishers(), WARMING_PUBLISHERS));
            round.measure(bolt, warming, true, server);
            round.measure(echo.endpoint(), warming, false, echoClock);
            Pair pair = alternate(
                    () -> {
                        FillRound.Filled filled = round.measure(bolt, load, true, server);
                        filled.visible().ifPresent(visible::add);
                        return filled.measure();
                    },
                    () -> round.measure(echo.endpoint(), load, false, echoClock).measure());
            String title = String.format(
                    Locale.ROOT,
                    "registrations: raw Bolt, %d connections x %d in flight, %d publishers of %d bytes, %d a service,"
                            + " %d rounds",
                    load.connections(),
                    load.inFlight(),
                    load.publishers(),
                    load.bytes(),
                    FillLoad.OF_SERVICE,
                    rounds);
            return new BenchReport(title, "ops", bolt.toString(), pair.own(), "bare Bolt echo", pair.bare())
                    .withNote("visible to a subscriber after the last acknowledgement: "
                            + visible.stream().map(Bench::millis).collect(Collectors.joining(", ")) + " ms");
        }
    }

    /**
     * Measures changes at a steady pace against a naive registry in memory.
     *
     * @param http the session's HTTP port
     * @throws BenchException when nothing can be measured
     */
    public BenchReport churn(Endpoint http, ChurnLoad load) {
        Endpoint bolt = new SessionAddress(http).query().get(0);
        ServerClock server = serverClock(List.of(bolt));
        Duration length = Duration.ofSeconds(load.seconds());
        String name = run + ".churn";
        try (BareProcess registry = BareProcess.start(true)) {
            ServerClock bareClock = new ServerClock(usage, List.of(registry.pid()));
            say.accept("registering and subscribing");
            try (ChurnRound own =
                            new ChurnRound(new PushPlace(name, bolt, bolt), Scope.DATACENTER, load, clock, server);
                    ChurnRound bare = new ChurnRound(
                            new PushPlace(name, registry.endpoint(), registry.endpoint()),
                            Scope.DATACENTER,
                            load,
                            clock,
                            bareClock)) {
                say.accept("warming up");
                own.measure(WARMING);
                bare.measure(WARMING);
                Pair pair = alternate(() -> own.measure(length), () -> bare.measure(length));
                String title = String.format(
                        Locale.ROOT,
                        "churn: raw Bolt, %d publishers of %d bytes, %d a service, %d subscribers, %d changes/s,"
                                + " %d rounds of %d s each",
                        load.fill().publishers(),
                        load.fill().bytes(),
                        FillLoad.OF_SERVICE,
                        load.subscribers(),
                        load.changesPerSecond(),
                        rounds,
                        load.seconds());
                return new BenchReport(
                        title, "pushes", bolt.toString(), pair.own(), "naive registry, raw Bolt", pair.bare());
            }
        }
    }

    /**
     * Measures what publishers take in the heap, and in that of a naive registry.
     *
     * @param http the session's HTTP port; its process must be one of this user on this machine
     * @throws BenchException when nothing can be measured
     */
    public BenchReport heap(Endpoint http, FillLoad load) {
        Endpoint bolt = new SessionAddress(http).query().get(0);
        HeapRound round = new HeapRound(load, clock, new HeapGauge(Path.of(System.getProperty("java.home"))));
        List<Long> found = processes(List.of(bolt));
        if (found.isEmpty()) {
            throw new BenchException("the server's process cannot be seen from here; name it with --pid", null);
        }
        try (BareProcess registry = BareProcess.start(true)) {
            say.accept("registering at the server");
            HeapRound.Held own = round.measure(bolt, run + ".heap", new ServerClock(usage, found), found);
            say.accept("registering at the naive registry");
            List<Long> bareProcess = List.of(registry.pid());
            HeapRound.Held bare =
                    round.measure(registry.endpoint(), run + ".heap", new ServerClock(usage, bareProcess), bareProcess);
            String title = String.format(
                    Locale.ROOT,
                    "heap: %d publishers of %d bytes, %d a service",
                    load.publishers(),
                    load.bytes(),
                    FillLoad.OF_SERVICE);
            return new BenchReport(title, "ops", bolt.toString(), own.measure(), "naive registry", bare.measure())
                    .withNote("heap after a full collection, server: " + own.text())
                    .withNote("heap after a full collection, naive registry: " + bare.text());
        }
    }

    private Pair alternate(Supplier<Measure> own, Supplier<Measure> bare) {
        Measure ownSum = Measure.none();
        Measure bareSum = Measure.none();
        for (int i = 1; i <= rounds; i++) {
            say.accept("round " + i + " of " + rounds);
            ownSum = ownSum.plus(own.get());
            bareSum = bareSum.plus(bare.get());
        }
        return new Pair(ownSum, bareSum);
    }

    private ServerClock serverClock(List<Endpoint> addresses) {
        List<Long> found = processes(addresses);
        if (found.isEmpty()) {
            say.accept("the server's process cannot be seen from here, so its CPU stays unknown; name it with --pid");
        }
        return new ServerClock(usage, found);
    }

    private List<Long> processes(List<Endpoint> addresses) {
        return pids.isEmpty() ? new ServerProcesses(new Listeners(PROC)).find(addresses) : pids;
    }

    private static String millis(Duration each) {
        return String.format(Locale.ROOT, "%.1f", each.toNanos() / 1e6);
    }

    private record Pair(Measure own, Measure bare) {}
}
