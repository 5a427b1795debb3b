package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.client.api.ConfigDataObserver;
import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.client.api.RegistryClientConfig;
import com.alipay.sofa.registry.client.api.Subscriber;
import com.alipay.sofa.registry.client.api.model.UserData;
import com.alipay.sofa.registry.client.api.registration.ConfiguratorRegistration;
import com.alipay.sofa.registry.client.api.registration.PublisherRegistration;
import com.alipay.sofa.registry.client.api.registration.SubscriberRegistration;
import com.alipay.sofa.registry.client.provider.DefaultRegistryClient;
import com.alipay.sofa.registry.client.provider.DefaultRegistryClientConfigBuilder;
import com.alipay.sofa.registry.client.provider.DirectServerManager;
import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.session.ClientConnection;
import io.twinspan.registry.node.session.ClientRegistration;
import io.twinspan.registry.node.session.ClientRegistration.Kind;
import io.twinspan.registry.node.session.ConfigPush;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The unmodified client 6.5.6 at the edge, with a session role that only remembers. */
class OfficialClientTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final RecordedRequests requests = new RecordedRequests();
    private BoltClientEdge edge = new BoltClientEdge("127.0.0.1", 0, ClientEdgeSettings.standard(), requests);

    @BeforeEach
    void open() {
        edge.start();
    }

    @AfterEach
    void shut() {
        edge.close();
    }

    private DefaultRegistryClient client() {
        RegistryClientConfig config = DefaultRegistryClientConfigBuilder.start()
                .setRegistryEndpoint("127.0.0.1")
                .setRegistryEndpointPort(edge.port())
                .setAppName("shop")
                .setZone("zone-a")
                .setDataCenter("DefaultDataCenter")
                .build();
        DefaultRegistryClient client = new DefaultRegistryClient(config);
        client.setServerManager(new DirectServerManager(config));
        client.init();
        return client;
    }

    private RecordedRequests.Seen seen(Kind kind) {
        await().atMost(SOON)
                .until(() -> requests.registrations.stream()
                        .anyMatch(each -> each.registration().kind() == kind));
        return requests.registrations.stream()
                .filter(each -> each.registration().kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static SegmentPush push(ClientRegistration to, String segment, long version, List<String> addresses) {
        return new SegmentPush(
                to.service(),
                List.of(to.registId()),
                new DatacenterId(segment),
                to.scope(),
                version,
                addresses.isEmpty() ? Map.of() : Map.of("ZONE-B", addresses),
                "ZONE-A");
    }

    @Test
    void itPublishesRepublishesAndTakesBack() {
        Publisher publisher = client().register(new PublisherRegistration("service"), "10.0.0.1:12200", "ünï");
        await().atMost(SOON).until(publisher::isRegistered);
        ClientRegistration first = seen(Kind.PUBLISHER).registration();
        assertThat(first.service()).isEqualTo(DataInfoId.of("service"));
        assertThat(first.addresses()).containsExactly("10.0.0.1:12200", "ünï");
        assertThat(first.zone()).isEqualTo("ZONE-A");
        assertThat(first.appName()).isEqualTo("shop");
        assertThat(requests.registrations).hasSize(1);

        publisher.republish("10.0.0.2:12200");
        await().atMost(SOON).until(() -> requests.registrations.size() == 2);
        assertThat(requests.last().registration().clientVersion()).isEqualTo(first.clientVersion() + 1);

        publisher.unregister();
        await().atMost(SOON).until(() -> requests.registrations.size() == 3);
        assertThat(requests.last().registration().isRegister()).isFalse();
    }

    @Test
    void itShowsTheSegmentsOfAllDatacentersTogether() throws Exception {
        List<UserData> shown = new CopyOnWriteArrayList<>();
        SubscriberRegistration registration = new SubscriberRegistration("service", (dataId, data) -> shown.add(data));
        registration.setScopeEnum(ScopeEnum.global);
        Subscriber subscriber = client().register(registration);
        RecordedRequests.Seen seen = seen(Kind.SUBSCRIBER);
        assertThat(seen.registration().scope()).isEqualTo(Scope.GLOBAL);
        await().atMost(SOON).until(subscriber::isRegistered);

        ClientConnection by = seen.by();
        assertThat(taken(by, push(seen.registration(), "east", 1, List.of("a", "b"))))
                .isTrue();
        assertThat(taken(by, push(seen.registration(), "west", 1, List.of("c"))))
                .isTrue();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                shown.get(shown.size() - 1).getZoneData().get("ZONE-B"))
                        .containsExactlyInAnyOrder("a", "b", "c"));
        assertThat(shown.get(shown.size() - 1).getLocalZone()).isEqualTo("ZONE-A");

        assertThat(taken(by, push(seen.registration(), "west", 2, List.of()))).isTrue();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                shown.get(shown.size() - 1).getZoneData().get("ZONE-B"))
                        .containsExactlyInAnyOrder("a", "b"));
        assertThat(edge.counters().pushes()).isEqualTo(3);
        assertThat(edge.counters().failedPushes() + edge.counters().refusedPushes())
                .isZero();
    }

    private static boolean taken(ClientConnection by, SegmentPush push) throws Exception {
        return by.push(push).toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    @Test
    void itIsGivenConfigurationWithAndWithoutValue() throws Exception {
        List<String> shown = new CopyOnWriteArrayList<>();
        ConfigDataObserver observer = (dataId, data) -> shown.add(String.valueOf(data.getData()));
        client().register(new ConfiguratorRegistration("service", observer));
        RecordedRequests.Seen seen = seen(Kind.WATCHER);
        ClientRegistration watcher = seen.registration();
        List<String> ids = List.of(watcher.registId());
        seen.by()
                .pushConfig(new ConfigPush(watcher.service(), ids, 1, null))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        seen.by()
                .pushConfig(new ConfigPush(watcher.service(), ids, 2, "weight=3"))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        await().atMost(SOON).untilAsserted(() -> assertThat(shown).endsWith("weight=3"));
    }

    @Test
    void itComesBackWithEverythingAfterItsConnectionIsClosed() {
        Publisher publisher = client().register(new PublisherRegistration("service"), "a");
        await().atMost(SOON).until(publisher::isRegistered);
        ClientConnection first = requests.last().by();
        first.close();
        await().atMost(SOON).until(() -> requests.registrations.size() == 2);
        assertThat(requests.gone).containsExactly(first);
        assertThat(requests.last().by().number()).isGreaterThan(first.number());
        assertThat(requests.last().registration())
                .isEqualTo(requests.registrations.get(0).registration());
    }
}
