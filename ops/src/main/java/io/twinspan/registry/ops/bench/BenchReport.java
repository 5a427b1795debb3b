package io.twinspan.registry.ops.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two measures side by side. Pure.
 *
 * @param title what was measured and how
 * @param unit of one operation, in the plural
 * @param barely what the bare one is
 * @param notes more lines, below the table
 */
public record BenchReport(
        String title, String unit, String server, Measure own, String barely, Measure bare, List<String> notes) {
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    BenchReport(String title, String unit, String server, Measure own, String barely, Measure bare) {
        this(title, unit, server, own, barely, bare, List.of());
    }

    /** The same with one more line. */
    BenchReport withNote(String note) {
        return new BenchReport(
                title,
                unit,
                server,
                own,
                barely,
                bare,
                Stream.concat(notes.stream(), Stream.of(note)).toList());
    }

    /** True when every operation of the server succeeded. */
    public boolean isClean() {
        return own.failures() == 0;
    }

    /** The table. */
    public List<String> lines() {
        List<String> table = List.of(
                title,
                String.format(
                        Locale.ROOT,
                        "  %-24s %12s %16s %7s %10s %10s %8s",
                        "",
                        unit + "/s",
                        "server CPU us/op",
                        "% core",
                        "p50 ms",
                        "p99 ms",
                        "failed"),
                row(server, own),
                row(barely, bare),
                String.format(
                        Locale.ROOT,
                        "  %-24s %12s %16s %7s %10s %10s",
                        "ratio",
                        ratio(own.rate(), bare.rate()),
                        own.serverMicros()
                                .flatMap(micros -> bare.serverMicros().map(other -> ratio(micros, other)))
                                .orElse("unknown"),
                        own.serverShare()
                                .flatMap(share -> bare.serverShare().map(other -> ratio(share, other)))
                                .orElse("?"),
                        ratio(own.latencyMillis(MEDIAN), bare.latencyMillis(MEDIAN)),
                        ratio(own.latencyMillis(TAIL), bare.latencyMillis(TAIL))));
        return Stream.concat(table.stream(), notes.stream().map(note -> "  " + note))
                .toList();
    }

    private static String row(String name, Measure measure) {
        Optional<Double> micros = measure.serverMicros();
        return String.format(
                Locale.ROOT,
                "  %-24s %12.0f %16s %7s %10.2f %10.2f %8d",
                name,
                measure.rate(),
                micros.map(value -> String.format(Locale.ROOT, "%.1f", value)).orElse("unknown"),
                measure.serverShare()
                        .map(share -> String.format(Locale.ROOT, "%.1f", 100 * share))
                        .orElse("?"),
                measure.latencyMillis(MEDIAN),
                measure.latencyMillis(TAIL),
                measure.failures());
    }

    private static String ratio(double own, double bare) {
        return bare == 0 ? "-" : String.format(Locale.ROOT, "%.2f", own / bare);
    }
}
