package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.metrics.MeterReading.counter;
import static io.twinspan.registry.node.metrics.MeterReading.flag;
import static io.twinspan.registry.node.metrics.MeterReading.gauge;

import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.node.metrics.MeterSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What the data role counts. */
public final class DataMeters implements MeterSource {
    private static final Map<String, String> NONE = Map.of();

    private final DataRole role;

    /** Of this role. */
    public DataMeters(DataRole role) {
        this.role = role;
    }

    @Override
    public CompletionStage<List<MeterReading>> read() {
        return role.report().thenCombine(role.quarantined(), this::readings);
    }

    private List<MeterReading> readings(DataReport report, List<QuarantineReport> quarantined) {
        List<MeterReading> readings = new ArrayList<>();
        readings.add(flag("twinspan.healthy", Map.of("role", "data"), report.isWorking()));
        readings.add(flag("twinspan.data.fit.to.lead", NONE, role.isFitToLead()));
        readings.add(gauge("twinspan.data.slots.assigned", NONE, report.assigned()));
        readings.add(gauge("twinspan.data.slots.led", NONE, report.led()));
        readings.add(gauge("twinspan.data.slots.settled", NONE, report.settled()));
        readings.add(gauge("twinspan.data.datums", NONE, report.own().datums()));
        readings.add(gauge("twinspan.data.publishers", NONE, report.own().publishers()));
        report.foreign().forEach((peer, count) -> {
            Map<String, String> label = Map.of("peer", peer.name());
            readings.add(gauge("twinspan.data.foreign.datums", label, count.datums()));
            readings.add(gauge("twinspan.data.foreign.publishers", label, count.publishers()));
            readings.add(
                    gauge("twinspan.data.foreign.stale", label, report.stale().getOrDefault(peer, 0)));
        });
        readings.add(flag(
                "twinspan.data.store.problem", NONE, !report.store().problem().isEmpty()));
        readings.add(gauge("twinspan.data.store.waiting", NONE, report.store().waiting()));
        readings.add(counter("twinspan.data.store.dropped", NONE, report.store().dropped()));
        readings.add(gauge("twinspan.data.quarantine.services", NONE, quarantined.size()));
        readings.add(gauge(
                "twinspan.data.quarantine.publishers",
                NONE,
                quarantined.stream().mapToInt(QuarantineReport::held).sum()));
        addFollowers(readings);
        readings.addAll(role.counts().readings());
        Map<String, Long> figures = role.figures();
        readings.add(
                counter("twinspan.data.publishers.moved.over", NONE, figures.getOrDefault(DataRole.MOVED_OVER, 0L)));
        readings.add(
                gauge("twinspan.data.publishers.listed.twice", NONE, figures.getOrDefault(DataRole.LISTED_TWICE, 0L)));
        return readings;
    }

    private void addFollowers(List<MeterReading> readings) {
        List<SlotReport.Follower> followers = role.slotReports().stream()
                .flatMap(report -> report.followers().stream())
                .toList();
        readings.add(gauge("twinspan.data.followers", NONE, followers.size()));
        readings.add(gauge(
                "twinspan.data.followers.behind",
                NONE,
                followers.stream().filter(each -> !each.isCurrent()).count()));
        readings.add(gauge(
                "twinspan.data.followers.lag",
                NONE,
                followers.stream().mapToLong(SlotReport.Follower::lag).max().orElse(0)));
    }
}
