package io.twinspan.registry.ops.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Two measures side by side. Pure.
 *
 * @param title what was measured and how
 * @param unit of one operation, in the plural
 * @param barely what the bare one is
 */
public record BenchReport(String title, String unit, String server, Measure own, String barely, Measure bare) {
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    /** True when every operation of the server succeeded. */
    public boolean isClean() {
        return own.failures() == 0;
    }

    /** The table. */
    public List<String> lines() {
        return List.of(
                title,
                String.format(
                        Locale.ROOT,
                        "  %-24s %12s %16s %10s %10s %8s",
                        "",
                        unit + "/s",
                        "server CPU us/op",
                        "p50 ms",
                        "p99 ms",
                        "failed"),
                row(server, own),
                row(barely, bare),
                String.format(
                        Locale.ROOT,
                        "  %-24s %12s %16s %10s %10s",
                        "ratio to the bare one",
                        ratio(own.rate(), bare.rate()),
                        own.serverMicros()
                                .flatMap(micros -> bare.serverMicros().map(other -> ratio(micros, other)))
                                .orElse("unknown"),
                        ratio(own.latencyMillis(MEDIAN), bare.latencyMillis(MEDIAN)),
                        ratio(own.latencyMillis(TAIL), bare.latencyMillis(TAIL))));
    }

    private static String row(String name, Measure measure) {
        Optional<Double> micros = measure.serverMicros();
        return String.format(
                Locale.ROOT,
                "  %-24s %12.0f %16s %10.2f %10.2f %8d",
                name,
                measure.rate(),
                micros.map(value -> String.format(Locale.ROOT, "%.1f", value)).orElse("unknown"),
                measure.latencyMillis(MEDIAN),
                measure.latencyMillis(TAIL),
                measure.failures());
    }

    private static String ratio(double own, double bare) {
        return bare == 0 ? "-" : String.format(Locale.ROOT, "%.2f", own / bare);
    }
}
