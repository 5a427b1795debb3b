package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.message.FetchPolicies;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.node.meta.MetaCommand.CreateIncarnation;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.policy.PolicyRule;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.policy.PolicyTarget;
import io.twinspan.registry.policy.ViewPolicy;
import io.twinspan.registry.slot.Incarnation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class PolicyRoutesTest {
    private static final String RULES =
            "[{\"peer\":\"west\",\"service\":\"com.example.*\",\"fetch\":\"warm\",\"push\":\"off\",\"view\":\"own-first:2\",\"withdrawn\":\"yes\"}]";

    private final MetaFixture meta = new MetaFixture();
    private final MockMvc http =
            MockMvcBuilders.routerFunctions(new MetaRoutes(meta.role).routes()).build();

    @Test
    void whatIsPutIsShownAndFetchedByNodesAndNamedInRenewals() throws Exception {
        assertThat(get()).contains("\"version\":\"0\",\"rules\":[]");

        MockHttpServletResponse answer = put("0", RULES);

        assertThat(answer.getStatus()).isEqualTo(200);
        PolicyTable stored = meta.role.state().policies();
        assertThat(stored.rules())
                .containsExactly(new PolicyRule(
                        new PolicyTarget("west", "*", "com.example.*"),
                        FetchPolicy.WARM,
                        false,
                        ViewPolicy.ownFirst(2),
                        true));
        assertThat(get())
                .contains("\"version\":\"" + stored.version() + "\"")
                .contains(
                        "\"service\":\"com.example.*\",\"fetch\":\"warm\",\"push\":\"off\",\"view\":\"own-first:2\",\"withdrawn\":\"yes\"");
        assertThat(meta.answer(new FetchPolicies())).isEqualTo(stored);
        assertThat(meta.renew(MetaFixture.session("s1")).policiesVersion()).isEqualTo(stored.version());
    }

    @Test
    void whoeverHasNotSeenTheNewestVersionIsRefusedWithBothNamed() throws Exception {
        put("0", RULES);
        PolicyTable stored = meta.role.state().policies();

        MockHttpServletResponse answer = put("0", "[]");

        assertThat(answer.getStatus()).isEqualTo(409);
        assertThat(answer.getContentAsString())
                .contains("\"success\":false")
                .contains("have version " + stored.version())
                .contains("is of version 0");
        assertThat(meta.role.state().policies()).isEqualTo(stored);

        assertThat(put(Long.toString(stored.version()), "[]").getStatus()).isEqualTo(200);
        assertThat(meta.role.state().policies().rules()).isEmpty();
        assertThat(meta.role.state().policies().version()).isGreaterThan(stored.version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | not JSON",
                "[] | not a JSON object",
                "{'version':'0'} | rules is not a list",
                "{'rules':[]} | version is not the number",
                "{'version':'0','rules':[],'rule':1} | a field 'rule'",
                "{'version':'0','rules':[{'service':'a'}]} | decides nothing",
                "{'version':'0','rules':[{'servce':'a','fetch':'lazy'}]} | a field 'servce'",
                "{'version':'0','rules':[{'fetch':'eager'}]} | lazy, warm, never",
                "{'version':'0','rules':[{'push':'no'}]} | on, off",
                "{'version':'0','rules':[{'view':'mine'}]} | own-first:THRESHOLD",
                "{'version':'0','rules':[{'push':'on'},{'fetch':'lazy'}]} | two policies for peer=*"
            })
    void whatCannotBeMeantIsRefusedByName(String body, String why) {
        assertThatThrownBy(() -> http.perform(MockMvcRequestBuilders.put("/policies")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body.replace('\'', '"'))))
                .hasStackTraceContaining(why);
        assertThat(meta.role.state().policies()).isEqualTo(PolicyTable.EMPTY);
    }

    @Test
    void aFollowerSendsBothOnToTheLeader() throws Exception {
        meta.log.follow(RecordingLeader.RAFT);
        meta.leader.answer = new OperatorAnswer(409, "{\"success\":false}");

        assertThat(put("0", "[]").getStatus()).isEqualTo(409);
        get();

        assertThat(meta.leader.asked)
                .containsExactly(
                        new OperatorCall("/policies/put", "", body("0", "[]")), new OperatorCall("/policies", "", ""));
    }

    @Test
    void aLaterGroupsPoliciesAreNewerThanThoseOfAnEarlierOneAndItsEmptinessIsNot() {
        MetaState before = group(1_000_000).apply(new SetPolicies(0, List.of(rule())));
        MetaState later = group(2_000_000);

        assertThat(later.policies().version()).isLessThan(before.policies().version());
        assertThat(later.apply(new SetPolicies(0, List.of())).policies().version())
                .isGreaterThan(before.policies().version());

        MetaState restored = later.apply(new RestoreState(before));
        assertThat(restored.policies().rules()).isEqualTo(before.policies().rules());
        assertThat(restored.policies().version())
                .isGreaterThan(before.policies().version());
    }

    private static MetaState group(long createdMillis) {
        return MetaState.EMPTY.apply(new CreateIncarnation(new Incarnation(createdMillis, 1)));
    }

    private static PolicyRule rule() {
        return new PolicyRule(PolicyTarget.all(), FetchPolicy.WARM, null, null);
    }

    private String get() throws Exception {
        return http.perform(MockMvcRequestBuilders.get("/policies"))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private static String body(String version, String rules) {
        return "{\"version\":\"" + version + "\",\"rules\":" + rules + "}";
    }

    private MockHttpServletResponse put(String version, String rules) throws Exception {
        return http.perform(MockMvcRequestBuilders.put("/policies")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body(version, rules)))
                .andReturn()
                .getResponse();
    }
}
