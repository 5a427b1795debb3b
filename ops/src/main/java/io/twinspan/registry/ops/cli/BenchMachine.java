package io.twinspan.registry.ops.cli;

import java.lang.management.ManagementFactory;

/** What figures were measured on. */
final class BenchMachine {
    private BenchMachine() {}

    /** In one line, with the load of the last minute. */
    static String line() {
        return "machine: " + Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
                + System.getProperty("java.version") + "; load at the end "
                + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
