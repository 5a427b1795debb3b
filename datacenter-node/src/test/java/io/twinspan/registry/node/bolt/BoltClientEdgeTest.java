package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alipay.remoting.rpc.RpcClient;
import com.alipay.remoting.rpc.exception.InvokeTimeoutException;
import com.alipay.sofa.registry.core.model.BaseRegister;
import com.alipay.sofa.registry.core.model.ConfiguratorRegister;
import com.alipay.sofa.registry.core.model.DataBox;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import com.alipay.sofa.registry.core.model.RegisterResponse;
import com.alipay.sofa.registry.core.model.SubscriberRegister;
import com.alipay.sofa.registry.core.model.SyncConfigRequest;
import com.alipay.sofa.registry.core.model.SyncConfigResponse;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.session.ClientRegistration;
import io.twinspan.registry.node.session.RegistrationAnswer;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.subscription.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoltClientEdgeTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final ClientEdgeSettings SMALL = new ClientEdgeSettings(
            3 << 20, 3, Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ofSeconds(30), 1 << 20, 8);

    private final RecordedRequests requests = new RecordedRequests();
    private BoltClientEdge edge = new BoltClientEdge("127.0.0.1", 0, SMALL, requests);
    private RpcClient client = new RpcClient();

    @BeforeEach
    void open() throws Exception {
        edge.start();
        client.startup();
        call(publisher("before"));
    }

    @AfterEach
    void shut() {
        client.shutdown();
        edge.close();
    }

    private RegisterResponse call(BaseRegister request) throws Exception {
        return (RegisterResponse) client.invokeSync("127.0.0.1:" + edge.port(), request, 5_000);
    }

    private static PublisherRegister publisher(String dataId) {
        PublisherRegister publisher = fill(new PublisherRegister(), dataId);
        publisher.setDataList(List.of(new DataBox("10.0.0.1:12200"), new DataBox("10.0.0.2:12200")));
        return publisher;
    }

    private static <T extends BaseRegister> T fill(T register, String dataId) {
        register.setDataId(dataId);
        register.setGroup("G");
        register.setRegistId("id-" + dataId);
        register.setEventType("REGISTER");
        register.setVersion(7L);
        return register;
    }

    /** The client that was there before is still connected by the same connection and still served. */
    private void assertOthersNoticeNothing() throws Exception {
        RegisterResponse response = call(publisher("after"));
        assertThat(response.isSuccess()).isTrue();
        assertThat(requests.last().by()).isEqualTo(requests.registrations.get(0).by());
        assertThat(requests.gone).doesNotContain(requests.last().by());
    }

    private void assertCloses(byte[] bytes) throws IOException {
        try (Socket socket = RawFrames.connect(edge.port())) {
            socket.getOutputStream().write(bytes);
            assertThat(socket.getInputStream().read())
                    .as("end of the connection")
                    .isEqualTo(-1);
        } catch (SocketException reset) {
            // The kernel resets a connection that is closed before all was read of it: closed all the same.
            assertThat(reset).hasMessageMatching("Connection reset.*|Broken pipe.*");
        }
    }

    // ---- what is right

    @Test
    void aPublisherArrivesAndItsVersionAndIdAreEchoed() throws Exception {
        RegisterResponse response = call(publisher("service"));
        assertThat(response.isSuccess()).isTrue();
        assertThat(response.isRefused()).isFalse();
        assertThat(response.getVersion()).isEqualTo(7);
        assertThat(response.getRegistId()).isEqualTo("id-service");
        assertThat(requests.last().registration())
                .isEqualTo(new ClientRegistration(
                        ClientRegistration.Kind.PUBLISHER,
                        new DataInfoId("service", "DEFAULT_INSTANCE_ID", "G"),
                        "id-service",
                        true,
                        7,
                        "DEFAULT_ZONE",
                        "",
                        Scope.GLOBAL,
                        List.of("10.0.0.1:12200", "10.0.0.2:12200")));
    }

    @Test
    void zonesAreInUpperCaseAndTheRestIsDefaulted() throws Exception {
        SubscriberRegister subscriber = fill(new SubscriberRegister(), "service");
        subscriber.setZone("default_zone");
        subscriber.setGroup(" ");
        subscriber.setScope("dataCenter");
        subscriber.setEventType("UNREGISTER");
        subscriber.setVersion(null);
        call(subscriber);
        ClientRegistration seen = requests.last().registration();
        assertThat(seen.zone()).isEqualTo("DEFAULT_ZONE");
        assertThat(seen.service()).isEqualTo(DataInfoId.of("service"));
        assertThat(seen.scope()).isEqualTo(Scope.DATACENTER);
        assertThat(seen.kind()).isEqualTo(ClientRegistration.Kind.SUBSCRIBER);
        assertThat(seen.isRegister()).isFalse();
        assertThat(seen.clientVersion()).isZero();
    }

    @Test
    void aConfiguratorIsAWatcher() throws Exception {
        RegisterResponse response = call(fill(new ConfiguratorRegister(), "service"));
        assertThat(response.isSuccess()).isTrue();
        assertThat(requests.last().registration().kind()).isEqualTo(ClientRegistration.Kind.WATCHER);
    }

    @Test
    void settingsNameNoSegments() throws Exception {
        SyncConfigResponse response =
                (SyncConfigResponse) client.invokeSync("127.0.0.1:" + edge.port(), new SyncConfigRequest(), 5_000);
        assertThat(response.isSuccess()).isTrue();
        assertThat(response.getAvailableSegments()).isNull();
        assertThat(response.getRetryInterval()).isEqualTo(30_000);
    }

    @Test
    void aFailureOfOursIsNeverForEver() throws Exception {
        requests.answer = CompletableFuture.failedFuture(new IllegalStateException("not now"));
        String address = "127.0.0.1:" + edge.port();
        assertThatThrownBy(() -> client.invokeSync(address, publisher("service"), 300))
                .as("no answer, so that the client waits before it sends again")
                .isInstanceOf(InvokeTimeoutException.class);
        assertThat(edge.counters().failedRegistrations()).isEqualTo(1);
    }

    @Test
    void whenTooMuchIsUnansweredNothingMoreIsReadAndNothingIsRefused() throws Exception {
        CompletableFuture<RegistrationAnswer> later = new CompletableFuture<>();
        requests.answer = later;
        PublisherRegister large = publisher("large");
        large.setDataList(List.of(new DataBox("x".repeat(100_000))));
        byte[] content = BoltFixtures.hessian(large);
        byte[] frame = RawFrames.request(PublisherRegister.class.getName(), content, content.length);
        try (Socket eager = RawFrames.connect(edge.port())) {
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 60; i++) {
                        eager.getOutputStream().write(frame);
                    }
                } catch (IOException closed) {
                    throw new UncheckedIOException(closed);
                }
            });
            await().atMost(SOON).until(() -> requests.registrations.size() > 8);
            await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> requests.registrations.size() < 20);

            later.complete(RegistrationAnswer.ACCEPTED);
            await().atMost(SOON).until(() -> requests.registrations.size() == 61);
            written.get(5, TimeUnit.SECONDS);
        }
        assertThat(edge.counters().refusedRegistrations()).isZero();
    }

    @Test
    void aRefusalOfTheSessionReachesTheClient() throws Exception {
        requests.answer = CompletableFuture.completedFuture(RegistrationAnswer.refused("of somebody else"));
        RegisterResponse response = call(publisher("service"));
        assertThat(response.isSuccess()).isFalse();
        assertThat(response.isRefused()).isTrue();
        assertThat(response.getMessage()).isEqualTo("of somebody else");
        assertThat(edge.counters().refusedRegistrations()).isEqualTo(1);
    }

    @Test
    void theEndOfAConnectionIsTold() {
        client.shutdown();
        await().atMost(SOON)
                .until(() -> requests.gone.size() == 1 && edge.counters().connections() == 0);
        client = new RpcClient();
        client.startup();
    }

    @Test
    void aConnectionOnWhichNothingComesInIsClosed() throws Exception {
        ClientEdgeSettings brief = new ClientEdgeSettings(
                3 << 20, 3, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(30), 1 << 20, 8);
        try (BoltClientEdge impatient = new BoltClientEdge("127.0.0.1", 0, brief, requests)) {
            impatient.start();
            try (Socket socket = RawFrames.connect(impatient.port())) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(impatient.counters().idleClosed()).isEqualTo(1);
        }
    }

    // ---- pushes that do not arrive

    private static SegmentPush push(String address) {
        return new SegmentPush(
                DataInfoId.of("service"),
                List.of("id"),
                new DatacenterId("east"),
                Scope.GLOBAL,
                9,
                Map.of("DEFAULT_ZONE", List.of(address)),
                "DEFAULT_ZONE");
    }

    @Test
    void aPushThatNobodyTakesFailsAndIsCounted() {
        assertThatThrownBy(() -> requests.last()
                        .by()
                        .push(push("a"))
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("push to client 1");
        assertThat(edge.counters().failedPushes()).isEqualTo(1);
    }

    @Test
    void aClientThatDoesNotReadCostsABoundedBuffer() throws Exception {
        try (Socket deaf = RawFrames.connect(edge.port())) {
            byte[] content = BoltFixtures.hessian(publisher("deaf"));
            deaf.getOutputStream().write(RawFrames.request(PublisherRegister.class.getName(), content, content.length));
            await().atMost(SOON).until(() -> requests.registrations.size() == 2);
            String large = "x".repeat(500_000);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                requests.last().by().push(push(large));
                return edge.counters().unreadPushes() > 0;
            });
        }
        assertThat(edge.counters().pushes()).isLessThan(60);
        requests.registrations.remove(1);
        assertOthersNoticeNothing();
    }

    // ---- what is wrong

    static Stream<PublisherRegister> impossible() {
        return Stream.<Consumer<PublisherRegister>>of(
                        p -> p.setDataId(null),
                        p -> p.setDataId("  "),
                        p -> p.setDataId("a#@#b"),
                        p -> p.setDataId("x".repeat(2_000)),
                        p -> p.setRegistId(null),
                        p -> p.setRegistId("x".repeat(300)))
                .map(change -> {
                    PublisherRegister publisher = publisher("service");
                    change.accept(publisher);
                    return publisher;
                });
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void aRegistrationThatCanNeverBeServedIsRefusedForEverWithItsReason(PublisherRegister impossible) throws Exception {
        RegisterResponse response = call(impossible);
        assertThat(response.isSuccess()).isFalse();
        assertThat(response.isRefused()).isTrue();
        assertThat(response.getMessage()).isNotEmpty();
        assertThat(response.getVersion()).isEqualTo(7);
        assertThat(requests.registrations).hasSize(1);
        assertThat(edge.counters().refusedRegistrations()).isEqualTo(1);
        assertOthersNoticeNothing();
    }

    @Test
    void aListOfSomethingElseIsRefused() throws Exception {
        PublisherRegister publisher = publisher("service");
        @SuppressWarnings({"unchecked", "rawtypes"})
        List<DataBox> wrong = (List) List.of("no box");
        publisher.setDataList(wrong);
        RegisterResponse response = call(publisher);
        assertThat(response.isRefused()).isTrue();
        assertThat(response.getMessage()).contains("dataList");
    }

    @Test
    void aMalformedFrameClosesItsConnectionOnly() throws Exception {
        assertCloses("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertCloses(new byte[] {1, 9, 0, 0});
        assertCloses(RawFrames.request("x", new byte[0], -5));
        assertThat(edge.counters().refusedFrames()).isEqualTo(3);
        assertOthersNoticeNothing();
    }

    @Test
    void aFrameBeyondTheLimitClosesItsConnectionOnly() throws Exception {
        assertCloses(RawFrames.request(PublisherRegister.class.getName(), new byte[0], 2_000_000_000));
        assertThat(edge.counters().refusedFrames()).isEqualTo(1);
        assertOthersNoticeNothing();
    }

    @Test
    void aRequestOfAClassThatNoClientSendsClosesItsConnectionOnly() throws Exception {
        byte[] content = BoltFixtures.hessian("text");
        assertCloses(RawFrames.request("java.io.File", content, content.length));
        assertCloses(RawFrames.request(PeerFrame.class.getName(), content, content.length));
        assertThat(edge.counters().refusedClasses()).isEqualTo(2);
        assertOthersNoticeNothing();
    }

    @Test
    void everyUnlistedClassInsideAMessageClosesItsConnectionOnly() throws Exception {
        for (byte[] content : Bombs.unlistedClasses().values()) {
            assertCloses(RawFrames.request(PublisherRegister.class.getName(), content, content.length));
        }
        assertThat(edge.counters().refusedClasses())
                .isEqualTo(Bombs.unlistedClasses().size());
        assertOthersNoticeNothing();
    }

    static Stream<Map.Entry<String, byte[]>> bombs() {
        return Bombs.all().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void everyBombClosesItsConnectionOnly(Map.Entry<String, byte[]> bomb) throws Exception {
        byte[] content = bomb.getValue();
        assertCloses(RawFrames.request(PublisherRegister.class.getName(), content, content.length));
        EdgeCounters counters = edge.counters();
        assertThat(counters.refusedMessages() + counters.refusedClasses()).isEqualTo(1);
        assertOthersNoticeNothing();
    }

    @Test
    void aMessageThatIsNotWhatItsFrameSaysIsRefused() throws Exception {
        byte[] content = BoltFixtures.hessian("text");
        try (Socket socket = RawFrames.connect(edge.port())) {
            socket.getOutputStream()
                    .write(RawFrames.request(PublisherRegister.class.getName(), content, content.length));
            assertThat(socket.getInputStream().read()).as("an answer").isEqualTo(1);
        }
        assertThat(requests.registrations).hasSize(1);
        assertOthersNoticeNothing();
    }

    @Test
    void whoeverComesBeforeTheSessionCanServeIsSentAway() throws Exception {
        requests.isTaking = false;
        int before = requests.connected.size();
        assertCloses(new byte[] {1});
        assertThat(requests.connected).hasSize(before);
        assertThat(edge.counters().refusedConnections()).isEqualTo(1);
        requests.isTaking = true;
        assertOthersNoticeNothing();
    }

    @Test
    void moreConnectionsThanAllowedAreClosedAtOnce() throws Exception {
        try (Socket second = RawFrames.connect(edge.port());
                Socket third = RawFrames.connect(edge.port())) {
            await().atMost(SOON).until(() -> edge.counters().connections() == 3);
            assertCloses(new byte[] {1});
            assertThat(edge.counters().refusedConnections()).isEqualTo(1);
            assertThat(second.isConnected() && third.isConnected()).isTrue();
        }
        assertOthersNoticeNothing();
    }
}
