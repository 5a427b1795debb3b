package io.twinspan.registry.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigTextTest {
    @Test
    void whoLagsIsNamed() {
        JsonNode status = json("{'version':'8','datacenters':["
                + "{'datacenter':'east','version':'8','isCurrent':true,'silentSessions':0,'consumers':["
                + "{'client':'10.0.0.1:5','acknowledged':'8','isCurrent':true},"
                + "{'client':'10.0.0.2:5','acknowledged':'7','isCurrent':false}]},"
                + "{'datacenter':'north','version':'7','isCurrent':false,'silentSessions':1,'consumers':[]},"
                + "{'datacenter':'west','version':null,'trouble':'timed out'}]}");

        assertThat(ConfigText.status(status))
                .containsExactly(
                        "east: version 8, 1 of 2 consumers have it",
                        "  lags: 10.0.0.2:5 has 7",
                        "north: version 7 (not the newest), 0 of 0 consumers have it, 1 sessions do not answer",
                        "west: no answer. timed out");
        assertThat(ConfigText.isWell(status)).isFalse();
    }

    @Test
    void peersAndConflictsAreNamed() {
        JsonNode status = json("{'datacenter':'east','values':2,'removed':1,"
                + "'peers':[{'datacenter':'west','state':'EQUAL','compared':'t','queued':0,'trouble':null}],"
                + "'conflicts':[{'dataId':'r','group':'g','version':'5','peer':'west','kept':'east','at':'t'}]}");

        assertThat(ConfigText.status(status))
                .containsExactly(
                        "east: 2 values, 1 removed",
                        "west: EQUAL, compared t, 0 waiting",
                        "conflict: version 5 of r (group g) had other data in west; kept that of east, found t");
        assertThat(ConfigText.isWell(status)).isTrue();
    }

    @Test
    void anAnswerSaysWhereTheValueIs() {
        assertThat(ConfigText.where(json("{'datacenters':['east','north'],'missing':{'west':'not yet'}}")))
                .containsExactly("in east, north", "not in west: not yet");
    }

    @Test
    void removedVersionsAreToldAsSuch() {
        assertThat(ConfigText.history(json("{'versions':[{'version':'1','at':'t','by':'put here','data':'a\\nb'},"
                        + "{'version':'2','at':null,'by':'','data':null}]}")))
                .containsExactly("version 1  t  put here  a\\nb", "version 2  at an unknown time    (removed)");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
