package io.twinspan.registry.ops.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a process has used of the processor and of memory since it began. */
public final class ProcessUsage {
    /** The kernel shows processor time in hundredths of a second on every Linux a JDK 17 runs on. */
    private static final long MILLIS_PER_TICK = 10;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private final Path proc;

    /** Reads below the given folder, {@code /proc} in earnest. */
    public ProcessUsage(Path proc) {
        this.proc = proc;
    }

    /** Processor time in user and kernel, all threads, in steps of 10 ms; empty when the process is gone. */
    public Optional<Duration> processorTime(long pid) {
        return read(pid, "stat").map(ProcessUsage::processorTimeOf);
    }

    /** Resident memory in bytes; empty when the process is gone. */
    public Optional<Long> residentBytes(long pid) {
        return read(pid, "status").flatMap(ProcessUsage::residentBytesOf);
    }

    /** The command stands in brackets and may itself hold blanks and brackets, so fields count from the last bracket. */
    static Duration processorTimeOf(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }

    static Optional<Long> residentBytesOf(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst();
    }

    private Optional<String> read(long pid, String file) {
        try {
            return Optional.of(
                    Files.readString(proc.resolve(Long.toString(pid)).resolve(file), StandardCharsets.UTF_8));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
