package io.twinspan.registry.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientsCommandTest {
    @Test
    void theListTellsWhoIsOffSinceWhenAndWhy() {
        JsonNode list = JsonMapper.shared()
                .readTree(("{'version':'7','clientOffAddress':{"
                                + "'10.0.0.7':{'address':'10.0.0.7','pub':true,'sub':true,'reason':'bad disk','since':'60000'},"
                                + "'10.0.0.8':{'address':'10.0.0.8','pub':true,'sub':true,'reason':'','since':'0'}}}")
                        .replace('\'', '"'));

        assertThat(ClientsCommand.lines(list))
                .containsExactly(
                        "10.0.0.7 since 1970-01-01T00:01:00Z: bad disk", "10.0.0.8 since 1970-01-01T00:00:00Z");
        assertThat(ClientsCommand.lines(JsonMapper.shared().readTree("{}"))).containsExactly("no client is off");
    }
}
