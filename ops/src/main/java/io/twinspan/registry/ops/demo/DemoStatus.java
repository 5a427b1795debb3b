package io.twinspan.registry.ops.demo;

import java.util.List;

/**
 * How a demo is.
 *
 * @param home its folder
 * @param layout one, three or separate
 * @param isRunning something of it lives
 * @param isHealthy everything of it lives and is well
 * @param version of Twinspan that started it; empty when nothing runs
 * @param startedAt ISO 8601; empty when nothing runs
 */
public record DemoStatus(
        String home,
        String layout,
        boolean isRunning,
        boolean isHealthy,
        String version,
        String startedAt,
        List<ProcessStatus> processes) {
    /** Copies. */
    public DemoStatus {
        processes = List.copyOf(processes);
    }

    /**
     * How one process is.
     *
     * @param roles with commas between them; {@code broker} for the broker
     * @param residentMiB 0 when it cannot be told
     * @param health what each of its parts answers
     */
    public record ProcessStatus(
            String name,
            String roles,
            long pid,
            boolean isAlive,
            long residentMiB,
            String log,
            List<PartStatus> health) {
        /** Copies. */
        public ProcessStatus {
            health = List.copyOf(health);
        }
    }

    /**
     * How one part of a process is.
     *
     * @param endpoint that was asked
     * @param detail {@code ok}, or what was answered instead
     */
    public record PartStatus(String name, String endpoint, boolean isHealthy, String detail) {}
}
