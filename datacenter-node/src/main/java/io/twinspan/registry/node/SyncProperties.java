package io.twinspan.registry.node;

import io.twinspan.registry.sync.AnnounceLimits;
import io.twinspan.registry.sync.SyncLimits;
import io.twinspan.registry.sync.fetch.GuardSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Keys under {@code twinspan.sync}; what they mean stands with {@link SyncLimits}, {@link AnnounceLimits} and {@link GuardSettings}.
 * What is not here is no operator's to change.
 */
record SyncProperties(
        @DefaultValue("4096") int announceQueue,
        @DefaultValue("256") int fetchBatch,
        @DefaultValue("4") int fetchesInFlight,
        @DefaultValue("3s") Duration fetchTimeout,
        @DefaultValue("5s") Duration summaryEvery,
        @DefaultValue("6h") Duration fullEvery,
        @DefaultValue("15s") Duration silence,
        @DefaultValue("5s") Duration directEvery,
        @DefaultValue Shrink shrink,
        @DefaultValue Breaker breaker,
        @DefaultValue Warm warm) {
    /** Keys under {@code sync.shrink}: when the emptying of a peer's services is held back. */
    record Shrink(
            @DefaultValue("60s") Duration window,
            @DefaultValue("30") int percent,
            @DefaultValue("10") int least) {}

    /** Keys under {@code sync.breaker}: when a peer's data nodes are left alone. */
    record Breaker(
            @DefaultValue("20") int window,
            @DefaultValue("5") int leastCalls,
            @DefaultValue("50") int failurePercent,
            @DefaultValue("1s") Duration open) {}

    /** Keys under {@code sync.warm}: how fast is fetched what nobody has asked for. */
    record Warm(
            @DefaultValue("2MB") DataSize bytesPerSecond,
            @DefaultValue("64") int batch) {}

    /** @throws IllegalArgumentException naming the key that cannot be right */
    SyncLimits limits() {
        SyncLimits standard = SyncLimits.standard();
        AnnounceLimits announce = standard.announce();
        return new SyncLimits(
                standard.mergeWindow(),
                announceQueue,
                standard.announceBatch(),
                fetchBatch,
                fetchesInFlight,
                fetchTimeout,
                standard.confirmPause(),
                standard.retryMin(),
                standard.retryMax(),
                new AnnounceLimits(
                        announce.mergeMost(),
                        summaryEvery,
                        fullEvery,
                        announce.emptiedKept(),
                        announce.gapWait(),
                        announce.mostAsked(),
                        silence,
                        directEvery,
                        shrink.window(),
                        shrink.percent(),
                        shrink.least()),
                new GuardSettings(
                        breaker.window(),
                        breaker.leastCalls(),
                        breaker.failurePercent(),
                        breaker.open(),
                        Math.toIntExact(warm.bytesPerSecond().toBytes()),
                        warm.batch()));
    }
}
