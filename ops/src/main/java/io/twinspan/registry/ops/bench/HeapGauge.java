package io.twinspan.registry.ops.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is alive in the heap of another Java process of this user, by the JDK's {@code jcmd}. */
final class HeapGauge {
    private static final Pattern TOTAL = Pattern.compile("^Total\\s+(\\d+)\\s+(\\d+)\\s*$");

    private final Path jcmd;

    HeapGauge(Path javaHome) {
        this.jcmd = javaHome.resolve("bin").resolve("jcmd");
    }

    /**
     * Bytes that are left after a full collection, which this brings about.
     *
     * @throws BenchException when the process cannot be asked
     */
    long liveBytes(long pid) {
        List<String> command = List.of(jcmd.toString(), Long.toString(pid), "GC.class_histogram");
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            OptionalLong total = OptionalLong.empty();
            String first = "";
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                first = first.isEmpty() ? line : first;
                total = total.isPresent() ? total : totalOf(line);
            }
            if (total.isEmpty()) {
                throw new BenchException(
                        String.format(Locale.ROOT, "the heap of process %d cannot be read: %s", pid, first), null);
            }
            return total.getAsLong();
        } catch (IOException missing) {
            throw new BenchException(
                    "the heap of a process is read with " + jcmd + ", which is part of a JDK: " + missing.getMessage(),
                    missing);
        }
    }

    static OptionalLong totalOf(String line) {
        Matcher matcher = TOTAL.matcher(line);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(2))) : OptionalLong.empty();
    }
}
