package io.twinspan.registry.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyRowsTest {
    private static final JsonNode TWO = json("{'success':true,'message':null,'version':'7','rules':["
            + "{'peer':'west','group':'*','service':'a.*','fetch':'warm'},"
            + "{'peer':'*','group':'*','service':'*','view':'all','push':'on'}]}");

    @Test
    void aDecisionIsAddedToTheRuleThatThereIs() {
        JsonNode body = json(PolicyRows.with(TWO, new PolicyRows.Key("west", "*", "a.*"), Map.of("push", "off")));

        assertThat(body)
                .isEqualTo(json("{'version':'7','rules':["
                        + "{'peer':'west','group':'*','service':'a.*','fetch':'warm','push':'off'},"
                        + "{'peer':'*','group':'*','service':'*','push':'on','view':'all'}]}"));
    }

    @Test
    void aRuleForAnotherTargetIsAnotherRule() {
        JsonNode body = json(PolicyRows.with(TWO, new PolicyRows.Key("*", "SOFA", "*"), Map.of("fetch", "never")));

        assertThat(body.path("rules").size()).isEqualTo(3);
        assertThat(body.path("rules").path(2).path("group").asString()).isEqualTo("SOFA");
    }

    @Test
    void onlyExactlyWhatIsNamedIsRemoved() {
        assertThat(PolicyRows.without(TWO, new PolicyRows.Key("*", "*", "a.*"))).isNull();
        assertThat(json(String.valueOf(PolicyRows.without(TWO, new PolicyRows.Key("west", "*", "a.*"))))
                        .path("rules")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void eachRuleIsALine() {
        assertThat(PolicyRows.lines(TWO))
                .containsExactly(
                        "peer west  group *  service a.*:  fetch=warm",
                        "peer *  group *  service *:  push=on  view=all");
        assertThat(PolicyRows.lines(json("{'version':'0','rules':[]}")).get(0)).contains("own-first");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
