package io.twinspan.registry.node.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.ThreadEventLoop;
import io.twinspan.registry.simulation.ManualClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class DataRoutesTest {
    private final ThreadEventLoop loop = new ThreadEventLoop("data", fault -> {});
    private final DataNodeOnBench cluster = new DataNodeOnBench();
    private final HybridClock clock = new ManualClock().hybrid();
    private final DataRole role = new DataRole(
            new Member(DataNodeOnBench.SELF, DataNodeOnBench.EAST, NodeRole.DATA, Map.of(), 1),
            DataSettings.standard(),
            new DataPorts(clock, loop, cluster, cluster, new InMemorySnapshotStore()));
    private final MockMvc http =
            MockMvcBuilders.routerFunctions(new DataRoutes(role).routes()).build();

    @BeforeEach
    void start() {
        role.start();
    }

    @AfterEach
    void stop() {
        role.close();
        loop.close();
    }

    @Test
    void healthIsBadBeforeSlotsAreAssignedAndGoodWhenAllWork() throws Exception {
        http.perform(get("/health/check"))
                .andExpect(status().isInternalServerError())
                .andExpect(jsonPath("$.success").value(false));
        cluster.lead(DataNodeOnBench.S1);
        role.start();
        http.perform(get("/health/check"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.success").value(true))
                .andExpect(jsonPath("$.message")
                        .value("DataServerBoot dataSlotsAssigned:256, dataSlotsWorking:256, dataSlotsSettled:0"));
    }

    @Test
    void countAndQueryShowWhatAClientHasPublished() throws Exception {
        cluster.lead(DataNodeOnBench.S1);
        role.start();
        role.dispatcher()
                .dispatch(
                        new ApplyChanges(
                                DataNodeOnBench.S1,
                                List.of(new RegistrationChange(
                                        DataNodeOnBench.SERVICE,
                                        new DatumChange.Register(Samples.publisher(1, 1, "10.1.1.1:12200"))))),
                        new Caller(DataNodeOnBench.EAST, DataNodeOnBench.S1.node(), NodeRole.SESSION))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);

        http.perform(get("/digest/datum/count")).andExpect(content().string("Publisher count: 1, Datum count: 1"));
        for (String query : List.of("{\"10.0.0.1\":\"5000\"}", "{\"10.0.0.1:5000\":\"10.9.9.9:9600\"}")) {
            http.perform(post("/digest/connect/query")
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(query))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$['10.0.0.1:5000']['sofa:r1'].dataId").value("service"))
                    .andExpect(jsonPath("$['10.0.0.1:5000']['sofa:r1'].addresses[0]")
                            .value("10.1.1.1:12200"));
        }
    }

    @Test
    void whatIsHeldIsListedAndDecidedByService() throws Exception {
        cluster.lead(DataNodeOnBench.S1);
        role.start();
        send(new DatumChange.Register(Samples.publisher(1, 1, "a:1")));
        send(new DatumChange.Register(Samples.publisher(2, 1, "a:2")));
        http.perform(get("/digest/quarantine"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.services").isEmpty());
        for (int number : List.of(1, 2)) {
            Publisher idle = Samples.publisher(number, 1, "a:" + number);
            send(new DatumChange.Remove(idle.id(), idle.owner(), RemovalCause.IDLE));
        }

        http.perform(get("/digest/quarantine"))
                .andExpect(jsonPath("$.services[0].dataId").value("service"))
                .andExpect(jsonPath("$.services[0].held").value(1))
                .andExpect(jsonPath("$.services[0].listed").value(1))
                .andExpect(jsonPath("$.services[0].causes.IDLE").value(1))
                .andExpect(jsonPath("$.services[0].sources[0]").value("s1"))
                .andExpect(jsonPath("$.services[0].isConfirmed").value(false))
                .andExpect(jsonPath("$.services[0].until").exists());
        decide("/quarantine/confirm", "{\"service\":\"service\",\"group\":\"other\"}", 0);
        decide("/quarantine/confirm", "{\"service\":\"service\"}", 1);
        http.perform(get("/digest/quarantine"))
                .andExpect(jsonPath("$.services[0].isConfirmed").value(true));
        decide("/quarantine/release", "{\"all\":true}", 1);
        http.perform(get("/digest/datum/count")).andExpect(content().string("Publisher count: 0, Datum count: 0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all=false", "all=true service=a", "service= ", "service=a nonsense=b"})
    void aChoiceThatIsNotClearIsRefused(String text) {
        Map<String, Object> body = new HashMap<>();
        for (String part : text.split(" (?=[a-z])")) {
            if (!part.isEmpty()) {
                String value = part.substring(part.indexOf('=') + 1);
                body.put(
                        part.substring(0, part.indexOf('=')),
                        value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value);
            }
        }
        assertThatThrownBy(() -> QuarantineChoice.parse(body)).isInstanceOf(IllegalArgumentException.class);
    }

    private void decide(String path, String body, int publishers) throws Exception {
        http.perform(post(path).contentType(MediaType.APPLICATION_JSON).content(body))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.publishers").value(publishers));
    }

    private void send(DatumChange change) throws Exception {
        role.dispatcher()
                .dispatch(
                        new ApplyChanges(
                                DataNodeOnBench.S1, List.of(new RegistrationChange(DataNodeOnBench.SERVICE, change))),
                        new Caller(DataNodeOnBench.EAST, DataNodeOnBench.S1.node(), NodeRole.SESSION))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    @Test
    void queryThatNamesNoClientIsRefusedByItsText() {
        assertThat(DataRoutes.clients(Map.of())).isEmpty();
        assertThatThrownBy(() -> DataRoutes.clients(Map.of("10.0.0.1", "port")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'10.0.0.1': 'port'");
        assertThatThrownBy(() -> DataRoutes.clients(Map.of(":1", ""))).isInstanceOf(IllegalArgumentException.class);
    }
}
