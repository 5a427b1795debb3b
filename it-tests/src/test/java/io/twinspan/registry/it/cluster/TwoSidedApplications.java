package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.RecordedApplication;
import io.twinspan.registry.it.fixture.TwoDatacenters;
import io.twinspan.registry.it.record.ClusterRecord;
import io.twinspan.registry.it.record.RecordChecks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Applications of two datacenters on the official client, with every list they show on record. Those of the east provide its services
 * and show them in every scope; those of the west provide one of their own and show some of the east's.
 */
final class TwoSidedApplications {
    /** The service that the runbooks name; its first provider is the one they name. */
    static final String ORDERS = "com.example.Orders";

    private static final String IN_EAST = "east-app-";
    private static final int EASTERN = 12;
    private static final int EACH = 3;

    /** Addresses that the applications of the east have published. */
    static final int EASTERN_PUBLISHERS = EASTERN * EACH;

    private static final List<String> SERVICES =
            List.of(ORDERS, "com.example.Stock", "com.example.Bills", "com.example.Routes");
    private static final List<ScopeEnum> SCOPES = List.of(ScopeEnum.zone, ScopeEnum.dataCenter, ScopeEnum.global);
    private static final Duration BOUND = Duration.ofSeconds(90);

    private final ClusterRecord record = ClusterRecord.fromNow();
    private final List<RecordedApplication> applications = new ArrayList<>();
    private long since;

    private TwoSidedApplications() {}

    /** Starts them, and returns when every list is whole. */
    static TwoSidedApplications start(TwoDatacenters both) {
        TwoSidedApplications all = new TwoSidedApplications();
        all.populate(both);
        return all;
    }

    /** What the runbooks' words stand for. */
    static Map<String, String> words(TwoDatacenters both) {
        Map<String, String> words = new LinkedHashMap<>();
        Map.of("EAST", both.east(), "WEST", both.west()).forEach((side, node) -> {
            words.put(side + "META:9615", node.address(NodePort.META_HTTP));
            words.put(side + "SESSION:9603", node.address(NodePort.SESSION_HTTP));
        });
        return words;
    }

    /** Waits until every client shows every address that is provided. */
    void awaitWhole() {
        await("every list is whole")
                .atMost(BOUND)
                .untilAsserted(() -> assertThat(new RecordChecks(record).everyLiveIsShown(record.now(), record.now()))
                        .isEmpty());
    }

    /** In the east a provider starts and one stops; returns when its clients show it: those of the west may have no session. */
    void startOneAndStopOne() {
        applications.get(0).publish(ORDERS, "10.1.9.1:12200");
        applications.get(1).unpublish(service(1), "10.1.0.2:12200");
        awaitAcknowledged();
        await("who has started is shown, and who has stopped is not")
                .atMost(BOUND)
                .untilAsserted(() -> {
                    RecordChecks checks = new RecordChecks(record);
                    long now = record.now();
                    assertThat(Stream.of(checks.everyLiveIsShown(now, now), checks.everyGoneHasLeft(now, now))
                                    .flatMap(List::stream))
                            .noneMatch(complaint -> complaint.contains(IN_EAST));
                });
    }

    /** No list has lost or emptied or turned back, and nobody was refused, since all were whole. */
    void assertNothingWasLost() {
        RecordChecks checks = new RecordChecks(record);
        assertThat(Stream.of(checks.nothingIsLost(since), checks.nothingIsEmptied(since), checks.nothingReturns(since))
                        .flatMap(List::stream))
                .isEmpty();
        assertThat(record.refusals()).isEmpty();
    }

    private void populate(TwoDatacenters both) {
        for (int i = 0; i < EASTERN; i++) {
            RecordedApplication application = application(both.east(), IN_EAST + i);
            for (int each = 0; each < EACH; each++) {
                application.publish(service(i + each), "10.1." + each + "." + (i + 1) + ":12200");
                application.subscribe(service(i + each), SCOPES.get((i + each) % SCOPES.size()));
            }
        }
        for (int i = 0; i < 2; i++) {
            RecordedApplication application = application(both.west(), "west-app-" + i);
            application.publish("com.example.West", "10.2.0." + (i + 1) + ":12200");
            application.subscribe("com.example.West", ScopeEnum.dataCenter);
            SERVICES.forEach(service -> application.subscribe(service, ScopeEnum.global));
        }
        awaitAcknowledged();
        awaitWhole();
        since = record.now();
    }

    private void awaitAcknowledged() {
        await("all are acknowledged")
                .atMost(BOUND)
                .until(() -> applications.stream()
                        .map(RecordedApplication::noteAcknowledged)
                        .reduce(true, Boolean::logicalAnd));
    }

    private RecordedApplication application(NodeProcess node, String name) {
        RecordedApplication application = new RecordedApplication(node, name, record);
        applications.add(application);
        return application;
    }

    private static String service(int number) {
        return SERVICES.get(number % SERVICES.size());
    }
}
