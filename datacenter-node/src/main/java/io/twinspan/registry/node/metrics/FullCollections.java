package io.twinspan.registry.node.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;

/**
 * Collections of the whole heap since the process started, by the collectors that do nothing else. A collector that never stops the
 * world for long, as ZGC, has none.
 */
final class FullCollections {
    private static final Set<String> COLLECTORS =
            Set.of("MarkSweepCompact", "PS MarkSweep", "G1 Old Generation", "ConcurrentMarkSweep");

    private FullCollections() {}

    static double count() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(each -> COLLECTORS.contains(each.getName()))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .filter(count -> count > 0)
                .sum();
    }
}
