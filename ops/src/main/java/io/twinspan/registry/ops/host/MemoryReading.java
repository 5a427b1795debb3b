package io.twinspan.registry.ops.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory a new process could get without swapping, as the kernel estimates it. */
public final class MemoryReading {
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");

    private final Path proc;

    /** Reads below the given folder, {@code /proc} in earnest. */
    public MemoryReading(Path proc) {
        this.proc = proc;
    }

    /** Bytes that can be had without swapping; empty where the machine does not tell. */
    public OptionalLong available() {
        try {
            Matcher matcher = AVAILABLE.matcher(Files.readString(proc.resolve("meminfo"), StandardCharsets.UTF_8));
            return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException notLinux) {
            return OptionalLong.empty();
        }
    }
}
