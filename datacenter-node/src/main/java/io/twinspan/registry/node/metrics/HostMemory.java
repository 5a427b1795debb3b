package io.twinspan.registry.node.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of the machine's memory is in use, as the kernel estimates it. */
final class HostMemory {
    private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");

    private final Path file;

    HostMemory(Path file) {
        this.file = file;
    }

    static HostMemory ofLinux() {
        return new HostMemory(Path.of("/proc/meminfo"));
    }

    /** 0 to 1; {@link Double#NaN} where the machine does not tell. */
    double used() {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Matcher total = TOTAL.matcher(text);
            Matcher available = AVAILABLE.matcher(text);
            return total.find() && available.find()
                    ? 1 - Double.parseDouble(available.group(1)) / Double.parseDouble(total.group(1))
                    : Double.NaN;
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }
}
