package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.SessionAddress;
import io.twinspan.registry.ops.host.Listeners;
import io.twinspan.registry.ops.host.ProcessUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One run of the load tool: warms both up, lets their rounds alternate, and reports. */
public final class Bench {
    private static final Path PROC = Path.of("/proc");
    private static final int MOST_ROUNDS = 20;
    private static final int WARMING_CHANGES = 200;
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
        List<Long> found = pids.isEmpty() ? new ServerProcesses(new Listeners(PROC)).find(addresses) : pids;
        if (found.isEmpty()) {
            say.accept("the server's process cannot be seen from here, so its CPU stays unknown; name it with --pid");
        }
        return new ServerClock(usage, found);
    }

    private record Pair(Measure own, Measure bare) {}
}
