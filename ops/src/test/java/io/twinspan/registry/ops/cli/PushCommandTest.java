package io.twinspan.registry.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PushCommandTest {
    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "30m, PT30M", "2h, PT2H", "1d, PT24H"})
    void timesAreReadAsPeopleWriteThem(String text, String expected) {
        assertThat(PushCommand.Times.parse(text)).isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-5m", "soon", "30", ""})
    void timesThatCannotBeMeantAreRefusedBeforeAnythingIsAsked(String text) {
        assertThatThrownBy(() -> PushCommand.Times.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--for '" + text + "'");
    }

    @Test
    void statusTellsWhoClosedWhatAndWhichSessionsHaveNotConfirmed() {
        JsonNode status = json("{'datacenter':'east','position':'closed','version':'7','closedSeconds':61,'tokens':["
                + "{'owner':'operator','reason':'release','position':'closed','group':'*','service':'com.*','clients':[],"
                + "'grey':['10.0.0.9'],'since':'2026-01-01T10:00:00Z','until':'2026-01-01T11:00:00Z'}],"
                + "'sessions':[{'node':'a','address':'10.0.0.1:9600','version':'7','confirmed':true},"
                + "{'node':'b','address':'10.0.0.2:9600','version':'3','confirmed':false}]}");

        assertThat(PushText.status(status))
                .containsExactly(
                        "push is closed in east for 61 s, version 7",
                        "  closed by operator since 2026-01-01T10:00:00Z until 2026-01-01T11:00:00Z, group *, service com.*,"
                                + " not for 10.0.0.9: release",
                        "confirmed by 1 of 2 sessions",
                        "  NOT confirmed by b at 10.0.0.2:9600, which obeys version 3");
        assertThat(PushText.isConfirmed(status)).isFalse();
    }

    @Test
    void anOpenSwitchAndAClosingOfAPartAreCalledWhatTheyAre() {
        assertThat(PushText.status(
                        json("{'datacenter':'east','position':'open','version':'0','tokens':[],'sessions':[]}")))
                .containsExactly("push is open in east, version 0", "confirmed by 0 of 0 sessions");
        assertThat(PushText.status(json("{'datacenter':'east','position':'open','version':'8','closedSeconds':1,"
                        + "'tokens':[{'owner':'o','position':'hold-shrink','service':'a'}],'sessions':[]}")))
                .first()
                .isEqualTo("push is closed in part in east for 1 s, version 8");
    }

    @Test
    void previewTellsWhatOpeningSendsAndWhoIsSilent() {
        JsonNode preview = json(
                "{'datacenter':'east','pushes':5,'clients':3,'services':2,'sessions':1," + "'silentSessions':['b']}");

        assertThat(PushText.preview(preview))
                .containsExactly(
                        "opening push in east sends 5 lists: 3 clients are behind in 2 services, on 1 sessions",
                        "no answer from session b");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
