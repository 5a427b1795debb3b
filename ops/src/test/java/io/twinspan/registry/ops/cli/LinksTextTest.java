package io.twinspan.registry.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LinksTextTest {
    private static LinksText text(String links) {
        return new LinksText(JsonMapper.shared().readTree("{\"node\":\"n\",\"links\":[" + links + "]}"));
    }

    private static String link(String direction, int connections, int inMemory, String expected) {
        return "{\"from\":\"session\",\"to\":\"data\",\"port\":9620,\"direction\":\"" + direction
                + "\",\"connections\":" + connections + ",\"inMemory\":" + inMemory + ",\"expected\":" + expected
                + ",\"peers\":{}}";
    }

    @Test
    void connectionsAreToldWithWhatIsWantedAndWhatIsInMemory() {
        LinksText links = text(link("out", 30, 10, "30") + "," + link("in", 20, 0, "null"));
        assertThat(links.lines())
                .containsExactly(
                        "  session -> data     9620  out   30 of 30, 10 in memory",
                        "  session -> data     9620  in    20");
        assertThat(links.isComplete()).isTrue();
    }

    @Test
    void whatIsMissingIsSaid() {
        LinksText links = text(link("out", 29, 0, "30"));
        assertThat(links.lines()).containsExactly("  session -> data     9620  out   29 of 30  MISSING");
        assertThat(links.isComplete()).isFalse();
    }
}
