package io.twinspan.registry.sync.kafka;

import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/** What a consumer has received over its connections, as its own metrics say, read now and then. Belongs to one thread. */
final class IncomingBytes {
    private static final String NAME = "incoming-byte-total";
    private static final String GROUP = "consumer-metrics";

    private @Nullable Metric metric;
    private long told;

    /** Tells what has come since the last look. */
    void look(Map<MetricName, ? extends Metric> metrics, LongConsumer listener) {
        if (metric == null) {
            for (Map.Entry<MetricName, ? extends Metric> each : metrics.entrySet()) {
                if (each.getKey().name().equals(NAME) && each.getKey().group().equals(GROUP)) {
                    metric = each.getValue();
                }
            }
        }
        if (metric != null && metric.metricValue() instanceof Double total) {
            long more = total.longValue() - told;
            if (more > 0) {
                told += more;
                listener.accept(more);
            }
        }
    }
}
