package io.twinspan.registry.ops.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShownListTest {
    @Test
    void emptyZonesCountAsNothing() {
        assertThat(listOf(Map.of("Z", List.of()))).isEqualTo(ShownList.EMPTY).matches(ShownList::isEmpty);
    }

    @Test
    void anAddressThatIsThereTwiceAndThenOnceHasGoneOnce() {
        ShownList before = listOf(Map.of("Z", List.of("a", "a", "b")));
        ShownList after = listOf(Map.of("Z", List.of("a", "c")));

        assertThat(before.without(after)).containsExactly("a", "b");
        assertThat(after.without(before)).containsExactly("c");
    }

    @Test
    void serverListIsReadInItsOrder() {
        SessionAddress session = new SessionAddress(Endpoint.parse("127.0.0.1:9603"));

        assertThat(session.parse("10.0.0.2:9600;10.0.0.1:9600"))
                .containsExactly(new Endpoint("10.0.0.2", 9600), new Endpoint("10.0.0.1", 9600));
    }

    @Test
    void anEmptyListAndAnythingElseNameTheServer() {
        SessionAddress session = new SessionAddress(Endpoint.parse("127.0.0.1:9603"));

        assertThatThrownBy(() -> session.parse(""))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("127.0.0.1:9603")
                .hasMessageContaining("names no session");
        assertThatThrownBy(() -> session.parse("<html>"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("<html>");
    }

    @Test
    void aPortWhereNobodyListensIsSaidToRefuse() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThatThrownBy(() -> new SessionAddress(new Endpoint("127.0.0.1", port)).query())
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("refused");
    }

    private static ShownList listOf(Map<String, List<String>> zones) {
        return new ShownList(new TreeMap<>(zones));
    }
}
