package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchMetaGroup;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.MetaGroup;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** A follower between those who ask and the leader. */
class ForwardingTest {
    private static final Member S1 = MetaFixture.session("s1");

    private final MetaFixture meta = new MetaFixture();
    private final MockMvc http =
            MockMvcBuilders.routerFunctions(new MetaRoutes(meta.role).routes()).build();

    private MockHttpServletResponse post(String pathAndQuery, String body) throws Exception {
        return http.perform(MockMvcRequestBuilders.post(java.net.URI.create(pathAndQuery))
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content(body))
                .andReturn()
                .getResponse();
    }

    @Test
    void renewalIsAnsweredByTheLeader() {
        meta.log.follow(RecordingLeader.RAFT);
        LeaseGrant granted = new LeaseGrant(true, "", SlotTableEpoch.NONE, 5, 6, 7, false);
        meta.leader.answer = granted;
        assertThat(meta.renew(S1)).isEqualTo(granted);
        assertThat(meta.leader.asked).containsExactly(new RenewLease(S1, List.of()));
    }

    @Test
    void whatAMetaHasSentOnIsNotSentOnAgain() {
        meta.log.follow(RecordingLeader.RAFT);
        Caller other = new Caller(MetaFixture.EAST, new NodeId("m2"), NodeRole.META);
        var answer = meta.role
                .dispatcher()
                .dispatch(new RenewLease(S1, List.of()), other)
                .toCompletableFuture();
        meta.loop.runDue();
        assertThat(answer.join().refusal()).contains("does not lead");
        assertThat(meta.leader.asked).isEmpty();
    }

    @Test
    void leaderThatDoesNotAnswerCostsWritersOnly() {
        meta.renew(S1);
        meta.log.follow(RecordingLeader.RAFT);
        assertThat(meta.renew(S1).refusal()).contains("cannot be reached");
        assertThat(meta.answer(new FetchCluster()).members()).containsExactly(S1);
    }

    @Test
    void whatTheLeaderSaysIsPassedOnUnlessMoreIsKnownHere() {
        meta.renew(S1);
        ClusterState known = meta.answer(new FetchCluster());
        meta.log.follow(RecordingLeader.RAFT);
        ClusterState newer = new ClusterState(MetaFixture.EAST, known.table(), known.membersRevision() + 1, List.of());
        meta.leader.answer = newer;
        assertThat(meta.answer(new FetchCluster())).isEqualTo(newer);

        meta.leader.answer = ClusterState.unknown(MetaFixture.EAST);
        assertThat(meta.answer(new FetchCluster())).isEqualTo(known);
    }

    @Test
    void operatorsCallArrivesWithPathQueryAndBodyAndTheAnswerComesBackAsItIs() throws Exception {
        meta.log.follow(RecordingLeader.RAFT);
        meta.leader.answer = new OperatorAnswer(409, "{\"success\":false,\"message\":\"größer\"}");
        MockHttpServletResponse answer =
                post("/manage/changePeer?why=a%20b&ipAddressList=1.1.1.1", "ipAddressList=10.0.0.1%2C10.0.0.2");
        assertThat(answer.getStatus()).isEqualTo(409);
        assertThat(answer.getContentAsString(java.nio.charset.StandardCharsets.UTF_8))
                .contains("größer");
        assertThat(meta.leader.asked)
                .containsExactly(new OperatorCall(
                        "/manage/changePeer", "why=a%20b&ipAddressList=1.1.1.1", "ipAddressList=10.0.0.1%2C10.0.0.2"));
    }

    @Test
    void leaderThatDoesNotAnswerMakesAChangeA503() throws Exception {
        meta.log.follow(RecordingLeader.RAFT);
        assertThat(post("/manage/changePeer", "ipAddressList=10.0.0.1").getStatus())
                .isEqualTo(503);
    }

    @Test
    void addressWithoutPortHasThePortOfTheGroup() throws Exception {
        MockHttpServletResponse answer = post("/manage/changePeer", "ipAddressList=10.0.0.1,%20127.0.0.1");
        assertThat(answer.getContentAsString()).isEqualTo("{\"success\":true,\"message\":null}");
        assertThat(meta.role.status().members())
                .containsExactly(new Endpoint("10.0.0.1", 9614), new Endpoint("127.0.0.1", 9614));
        assertThat(peers()).isEqualTo("[\"10.0.0.1\",\"127.0.0.1\"]");
    }

    @Test
    void membersOnPortsOfTheirOwnAreListedWithThem() throws Exception {
        post("/manage/changePeer?ipAddressList=127.0.0.1:9614,10.0.0.1:9714", "");
        assertThat(peers()).isEqualTo("[\"127.0.0.1:9614\",\"10.0.0.1:9714\"]");
    }

    @Test
    void badMemberListIsRefusedAndChangesNothing() {
        List<Endpoint> before = meta.role.status().members();
        for (String body : List.of("", "ipAddressList=", "ipAddressList=a,a", "ipAddressList=a:b", "other=1.1.1.1")) {
            assertThatThrownBy(() -> post("/manage/changePeer", body))
                    .rootCause()
                    .isInstanceOfAny(IllegalArgumentException.class);
        }
        assertThat(meta.role.status().members()).isEqualTo(before);
    }

    @Test
    void sentOnCallThatMakesNoSenseIsAnsweredAndNotAFault() {
        OperatorAnswer answer = meta.answer(new OperatorCall("/manage/changePeer", "", "nothing"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("ipAddressList is missing");
        assertThat(meta.answer(new OperatorCall("/manage/never", "", "")).status())
                .isEqualTo(400);
    }

    @Test
    void groupIsToldFromTheOwnLog() {
        assertThat(meta.answer(new FetchMetaGroup()))
                .isEqualTo(new MetaGroup(
                        meta.role.status().self(),
                        meta.role.status().members(),
                        CommandLog.FIRST_GROUP,
                        meta.role.state().incarnation(),
                        false));
    }

    private String peers() throws Exception {
        return http.perform(MockMvcRequestBuilders.get("/manage/queryPeer"))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
