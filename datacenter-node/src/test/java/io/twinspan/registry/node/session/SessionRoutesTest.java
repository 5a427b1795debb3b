package io.twinspan.registry.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.node.session.push.FakeConnection;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.runtime.ThreadEventLoop;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

final class SessionRoutesTest {
    private final SessionBench bench = new SessionBench();
    private final ThreadEventLoop loop = new ThreadEventLoop("session-routes-test", fault -> {});
    private final PeerClient nobody = new PeerClient() {
        @Override
        public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
            return CompletableFuture.failedFuture(new PeerException("nobody there"));
        }
    };
    private final ClusterView view = new ClusterView() {
        @Override
        public ClusterState current() {
            return bench.current();
        }

        @Override
        public void onChange(Consumer<ClusterState> listener) {}
    };
    private final SessionRole role = new SessionRole(
            bench.sessionSelf,
            SessionSettings.standard(),
            view,
            new SessionPorts(loop, new ManualClock().hybrid(), nobody, new Random(1)));
    private final MockMvc http = MockMvcBuilders.routerFunctions(new SessionRoutes(role, view, () -> true).routes())
            .build();
    private final FakeConnection client = new FakeConnection(1);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void healthAndSwitchAreAnsweredInTheShapeThatScriptsKnow() throws Exception {
        assertThat(get("/health/check")).contains("\"success\":true").contains("SessionServerBoot");
        assertThat(get("/digest/pushSwitch")).isEqualTo("{\"pushSwitch\":\"open\"}");
    }

    @Test
    void aClientIsFoundByItsAddressWithWhatItRegistered() throws Exception {
        register(ClientRegistration.Kind.PUBLISHER, "p", "a:1");
        register(ClientRegistration.Kind.SUBSCRIBER, "s");
        String body = "[\"" + client.remoteAddress() + "_10.0.0.5:9600\"]";

        assertThat(post("/digest/pub/connect/query", body))
                .contains("\"PUB\"")
                .contains("\"dataList\":[\"a:1\"]")
                .contains(client.remoteAddress());
        assertThat(post("/digest/sub/connect/query", body)).contains("\"SUB\"").contains("\"scope\":\"global\"");
        assertThat(post("/digest/pub/connect/query", "[\"10.9.9.9:1\"]")).isEqualTo("{}");
        assertThat(get("/connections/query")).isEqualTo("[\"" + client.remoteAddress() + "\"]");
        assertThat(get("/digest/data/count")).isEqualTo("Subscriber count: 1, Publisher count: 1, Watcher count: 0");

        assertThat(post("/api/clients/off", "{\"connectIds\":[\"" + client.remoteAddress() + "\"]}"))
                .contains("\"success\":true")
                .contains("1 of 1");
        assertThat(get("/digest/data/count")).contains("Publisher count: 0");
        assertThat(post("/api/clients/on", "{\"connectIds\":[\"" + client.remoteAddress() + "\"]}"))
                .contains("\"success\":true");
        assertThat(get("/digest/data/count")).contains("Publisher count: 1");
    }

    @Test
    void aConnectionWhoseAddressIsOffStaysOffAndTheAnswerSaysSo() throws Exception {
        register(ClientRegistration.Kind.PUBLISHER, "p", "a:1");
        role.onClientsOff(new ClientsOff(1, Map.of("10.0.0.1", new ClientsOff.Note("", 1))));

        assertThat(post("/api/clients/on", "{\"connectIds\":[\"" + client.remoteAddress() + "\"]}"))
                .contains("1 of 1 are connected here and on")
                .contains("[" + client.remoteAddress() + "] stay off")
                .contains("/clientManager/clientOpen");
        assertThat(get("/digest/data/count")).contains("Publisher count: 0");
    }

    @Test
    void aBodyThatIsNotWhatItShouldBeNamesTheField() {
        assertThatThrownBy(() -> post("/api/clients/off", "{}")).hasStackTraceContaining("connectIds must be");
        assertThatThrownBy(() -> post("/digest/pub/connect/query", "{\"a\":1}"))
                .hasStackTraceContaining("must be a JSON array");
        assertThatThrownBy(() -> post("/digest/sub/connect/query", "[1]"))
                .hasStackTraceContaining("must hold only strings");
        assertThatThrownBy(() -> post("/digest/sub/connect/query", "[\"nonsense\"]"))
                .hasStackTraceContaining("is not HOST:PORT");
    }

    private void register(ClientRegistration.Kind kind, String registId, String... addresses) {
        role.onConnected(client);
        role.onRegistration(
                client,
                new ClientRegistration(
                        kind, SessionBench.PAY, registId, true, 1, "Z", "app", Scope.GLOBAL, List.of(addresses)));
    }

    private String get(String path) throws Exception {
        return http.perform(MockMvcRequestBuilders.get(path))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private String post(String path, String body) throws Exception {
        return http.perform(MockMvcRequestBuilders.post(path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
