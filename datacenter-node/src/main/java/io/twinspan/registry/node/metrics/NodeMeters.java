package io.twinspan.registry.node.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of one node, in the words of Prometheus. May be used on any thread. */
public final class NodeMeters implements AutoCloseable {
    /** The media type of {@link #scrape}. */
    public static final String MEDIA_TYPE = "text/plain;version=0.0.4;charset=utf-8";

    /** How long all sources together are waited for; Prometheus gives up after 10 s unless told otherwise. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Most meters of a process; what comes after them is left out and counted. */
    static final int MOST_METERS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(NodeMeters.class);

    /** One meter of ours. */
    private record Key(String name, SortedMap<String, String> labels) {}

    /** What a meter of ours shows. */
    private static final class Shown {
        volatile MeterReading reading;

        Shown(MeterReading reading) {
            this.reading = reading;
        }
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Key, Shown> shown = new ConcurrentHashMap<>();
    private final Map<MeterSource, Set<Key>> keys = new ConcurrentHashMap<>();
    private final List<MeterSource> sources;
    private final AtomicLong silences = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final List<AutoCloseable> closeables;

    /**
     * @param datacenter labels everything
     * @param home whose disk is measured
     */
    public NodeMeters(String datacenter, Path home, List<MeterSource> sources) {
        this.sources = List.copyOf(sources);
        registry.config().commonTags("datacenter", datacenter);
        JvmGcMetrics collector = new JvmGcMetrics();
        LogbackMetrics logs = new LogbackMetrics();
        closeables = List.of(collector, logs, registry::close);
        collector.bindTo(registry);
        logs.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new DiskSpaceMetrics(home.toFile()).bindTo(registry);
        Gauge.builder("twinspan.host.memory.used", HostMemory.ofLinux(), HostMemory::used)
                .description("Share of the machine's memory that cannot be had without swapping")
                .register(registry);
        FunctionCounter.builder("twinspan.jvm.collections.full", this, meters -> FullCollections.count())
                .description("Collections of the whole heap")
                .register(registry);
        FunctionCounter.builder("twinspan.metrics.sources.silent", silences, AtomicLong::doubleValue)
                .description("Times a role did not say in time what it counts")
                .register(registry);
        FunctionCounter.builder("twinspan.metrics.left.out", leftOut, AtomicLong::doubleValue)
                .description("Readings beyond the bound of meters")
                .register(registry);
    }

    /** Everything, as of now. */
    public String scrape() {
        List<CompletableFuture<List<MeterReading>>> asked = sources.stream()
                .map(source -> source.read().toCompletableFuture())
                .toList();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; i < sources.size(); i++) {
            show(sources.get(i), answer(asked.get(i), deadline - System.nanoTime()));
        }
        return registry.scrape();
    }

    @Override
    public void close() {
        for (AutoCloseable each : closeables) {
            try {
                each.close();
            } catch (Exception failed) {
                LOG.warn("meters were not closed in order", failed);
            }
        }
    }

    private List<MeterReading> answer(CompletableFuture<List<MeterReading>> asked, long nanos) {
        try {
            return asked.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException silent) {
            LOG.debug("a source of metrics did not answer", silent);
        }
        silences.incrementAndGet();
        return List.of();
    }

    private void show(MeterSource source, List<MeterReading> readings) {
        Set<Key> now = readings.stream().map(NodeMeters::key).collect(Collectors.toSet());
        Set<Key> before = keys.put(source, now);
        readings.forEach(this::show);
        if (before != null) {
            before.stream().filter(key -> !now.contains(key)).forEach(this::forget);
        }
    }

    private void show(MeterReading reading) {
        Key key = key(reading);
        Shown known = shown.get(key);
        if (known != null) {
            known.reading = reading;
        } else if (shown.size() >= MOST_METERS) {
            leftOut.incrementAndGet();
        } else {
            Shown added = new Shown(reading);
            if (shown.putIfAbsent(key, added) == null) {
                register(reading, added);
            }
        }
    }

    /** What nobody tells any more is not known; what was counted stays counted. */
    private void forget(Key key) {
        Shown known = shown.get(key);
        if (known != null && !known.reading.isCounter()) {
            known.reading = MeterReading.gauge(key.name(), key.labels(), Double.NaN);
        }
    }

    private void register(MeterReading reading, Shown value) {
        Tags tags = Tags.empty();
        for (Map.Entry<String, String> label : reading.labels().entrySet()) {
            tags = tags.and(label.getKey(), label.getValue());
        }
        if (reading.isCounter()) {
            FunctionCounter.builder(reading.name(), value, each -> each.reading.value())
                    .tags(tags)
                    .register(registry);
        } else {
            Gauge.builder(reading.name(), value, each -> each.reading.value())
                    .tags(tags)
                    .register(registry);
        }
    }

    private static Key key(MeterReading reading) {
        return new Key(reading.name(), reading.labels());
    }
}
