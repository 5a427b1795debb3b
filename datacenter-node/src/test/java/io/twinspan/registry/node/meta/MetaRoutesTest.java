package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedValue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class MetaRoutesTest {
    private static final String HEALTH = "MetaServerBoot sessionRegisterServer:true, dataRegisterServerStart:true,"
            + " otherMetaRegisterServerStart:true, httpServerStart:true, raftServerStart:true, raftClientStart:true,"
            + " raftManagerStart:true, raftStatus:";
    private static final DataInfoId RULE = DataInfoId.of("rule");

    private final MetaFixture meta = new MetaFixture();
    private final MockMvc http =
            MockMvcBuilders.routerFunctions(new MetaRoutes(meta.role).routes()).build();

    private MockHttpServletResponse get(String path, Object... values) throws Exception {
        return http.perform(MockMvcRequestBuilders.get(path, values))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse post(String path, String body) throws Exception {
        return http.perform(MockMvcRequestBuilders.post(path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse();
    }

    private static String rule(String version, String data) {
        return "{\"dataId\":\"rule\",\"group\":\"DEFAULT_GROUP\",\"instanceId\":\"DEFAULT_INSTANCE_ID\",\"version\":"
                + version + ",\"data\":\"" + data + "\"}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/check", "/health/readiness"})
    void leaderIsHealthyInTheClassicWords(String path) throws Exception {
        MockHttpServletResponse answer = get(path);
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString()).isEqualTo("{\"success\":true,\"message\":\"" + HEALTH + "Leader\"}");
    }

    @Test
    void withoutLeaderTheNodeSaysSoWith500() throws Exception {
        meta.log.lead(false);
        MockHttpServletResponse answer = get("/health/check");
        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getContentAsString()).isEqualTo("{\"success\":false,\"message\":\"" + HEALTH + "NoLeader\"}");
    }

    @Test
    void pushSwitchIsOpenInTheFormOfMeta() throws Exception {
        assertThat(get("/digest/pushSwitch").getContentAsString()).isEqualTo("{\"stopPush\":\"false\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "META, '[\"127.0.0.1\"]'",
        "meta, '[\"127.0.0.1\"]'",
        "DATA, '[\"d1.example\"]'",
        "session, '[\"s1.example\",\"s2.example\"]'"
    })
    void nodeListsAreAddressesInEitherCase(String type, String expected) throws Exception {
        meta.renew(MetaFixture.data("d1"));
        meta.renew(MetaFixture.session("s2"));
        meta.renew(MetaFixture.session("s1"));
        assertThat(get("/digest/{type}/node/query", type).getContentAsString()).isEqualTo(expected);
    }

    @Test
    void nodesThatShareAHostAreToldApartByPort() throws Exception {
        for (int port : new int[] {9600, 9700}) {
            meta.renew(new Member(
                    new NodeId("n" + port),
                    MetaFixture.EAST,
                    NodeRole.SESSION,
                    Map.of(NodePort.SESSION_CLIENT, new Endpoint("127.0.0.1", port)),
                    1));
        }
        assertThat(get("/digest/session/node/query").getContentAsString())
                .isEqualTo("[\"127.0.0.1:9600\",\"127.0.0.1:9700\"]");
    }

    @Test
    void unknownNodeTypeIsRefusedByName() {
        assertThatThrownBy(() -> get("/digest/nodes/node/query"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nodes'");
    }

    @Test
    void queryPeerListsTheRaftGroup() throws Exception {
        assertThat(get("/manage/queryPeer").getContentAsString()).isEqualTo("[\"127.0.0.1\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1111111111121", "\"1111111111121\""})
    void putTakesTheVersionAsNumberOrText(String version) throws Exception {
        MockHttpServletResponse answer = post("/persistentData/put", rule(version, "x"));
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString()).contains("\"success\":true").contains("\"datacenters\":[\"east\"]");
        assertThat(meta.role.state().provided())
                .extractingByKey(RULE)
                .extracting(ProvidedValue::version, ProvidedValue::data)
                .containsExactly(1111111111121L, "x");
    }

    @Test
    void putOfNoHigherVersionIsRefusedNamingBoth() throws Exception {
        post("/persistentData/put", rule("7", "x"));
        MockHttpServletResponse answer = post("/persistentData/put", rule("6", "y"));
        assertThat(answer.getStatus()).isEqualTo(409);
        assertThat(answer.getContentAsString())
                .contains("\"success\":false")
                .contains("version 6")
                .contains("stored version 7");
        assertThat(meta.role.state().provided().get(RULE))
                .extracting(ProvidedValue::data)
                .isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | the body is not JSON",
                "[1] | not a JSON object",
                "{} | dataId is missing",
                "{'dataId':' ','instanceId':'i','group':'g','version':1,'data':'x'} | dataId is empty",
                "{'dataId':'d','instanceId':'i','version':1,'data':'x'} | group is missing",
                "{'dataId':'d','group':'g','version':1,'data':'x'} | instanceId is missing",
                "{'dataId':'d','instanceId':'i','group':'g','data':'x'} | version is missing",
                "{'dataId':'d','instanceId':'i','group':'g','version':'1x','data':'x'} | version '1x'",
                "{'dataId':'d','instanceId':'i','group':'g','version':1.5,'data':'x'} | version '1.5'",
                "{'dataId':'d','instanceId':'i','group':'g','version':-1,'data':'x'} | version '-1'",
                "{'dataId':'d','instanceId':'i','group':'g','version':'4611686018427387904','data':'x'}"
                        + " | version 4611686018427387904 is too large",
                "{'dataId':'d','instanceId':'i','group':'g','version':'4611686018427387903','data':'x'}"
                        + " | version 4611686018427387903 is too large",
                "{'dataId':'d','instanceId':'i','group':'g','version':1} | data is missing",
                "{'dataId':'d','instanceId':'i','group':'g','version':1,'data':7} | data is not a string"
            })
    void badBodyIsRefusedNamingTheFieldAndChangesNothing(String body, String why) {
        int before = meta.log.length();
        assertThatThrownBy(() -> post("/persistentData/put", body.replace('\'', '"')))
                .satisfies(failure -> assertThat(refusal(failure)).contains(why.strip()));
        assertThat(meta.log.length()).isEqualTo(before);
    }

    @Test
    void oversizedValueIsRefused() {
        assertThatThrownBy(() -> post("/persistentData/put", rule("1", "x".repeat(65_537))))
                .rootCause()
                .hasMessageContaining("65537 characters");
    }

    @Test
    void valueIsQueriedByEitherNameAndGoneAfterRemoval() throws Exception {
        post("/persistentData/put", rule("7", "x"));
        String expected = "{\"success\":true,\"dataId\":\"rule\",\"instanceId\":\"DEFAULT_INSTANCE_ID\","
                + "\"group\":\"DEFAULT_GROUP\",\"version\":\"7\",\"data\":\"x\",\"datacenters\":[\"east\"]}";
        assertThat(get("/persistentData/query?dataInfoId={id}", RULE.toString()).getContentAsString())
                .isEqualTo(expected);
        assertThat(get("/persistentData/query?dataId=rule&instanceId=DEFAULT_INSTANCE_ID&group=DEFAULT_GROUP")
                        .getContentAsString())
                .isEqualTo(expected);
        MockHttpServletResponse removal = post(
                "/persistentData/remove",
                "{\"dataId\":\"rule\",\"group\":\"DEFAULT_GROUP\",\"instanceId\":\"DEFAULT_INSTANCE_ID\"}");
        assertThat(removal.getStatus()).isEqualTo(200);
        assertThat(get("/persistentData/query?dataInfoId={id}", RULE.toString()).getStatus())
                .isEqualTo(404);
    }

    @Test
    void withoutLeaderAPutIsRefusedWith503() throws Exception {
        meta.log.lead(false);
        MockHttpServletResponse answer = post("/persistentData/put", rule("7", "x"));
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getContentAsString()).contains("\"success\":false").contains("does not lead");
    }

    /** Message of the refusal that the node maps to a 400, wherever the servlet has wrapped it. */
    private static String refusal(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof IllegalArgumentException)) {
            cause = cause.getCause();
        }
        return cause == null ? "no refusal in " + failure : String.valueOf(cause.getMessage());
    }
}
