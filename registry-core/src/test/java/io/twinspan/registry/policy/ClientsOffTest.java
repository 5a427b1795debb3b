package io.twinspan.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsOffTest {
    private static final ClientsOff.Note FIRST = new ClientsOff.Note("disk", 1_000);

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7:4001",
        "' 10.0.0.7 ', 10.0.0.7:1",
        "::1, 0:0:0:0:0:0:0:1:4001",
        "FD00::1, fd00:0:0:0:0:0:0:1:4001",
        "::ffff:10.0.0.7, 10.0.0.7:4001"
    })
    void aClientIsKnownByItsAddressWhateverItsPortAndHoweverTheAddressIsWritten(String ip, String remoteAddress) {
        assertThat(ClientsOff.NONE.withOff(List.of(ip), FIRST).isOff(remoteAddress))
                .isTrue();
        assertThat(ClientsOff.NONE.isOff(remoteAddress)).isFalse();
        assertThat(ClientsOff.NONE.withOff(List.of("10.0.0.70"), FIRST).isOff(remoteAddress))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0", "10.0.0.256", "10.0.0.07", "10.0.0.7:9600", "a.example", ":::", "10.0.0.0/8", "*"})
    void whatIsNoAddressIsRefusedByName(String text) {
        assertThatThrownBy(() -> ClientsOff.ip(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ips has '" + text + "'");
    }

    @Test
    void oneThatIsOffAlreadyKeepsItsTimeAndTakesANewReasonOnlyWhenThereIsOne() {
        ClientsOff list = ClientsOff.NONE.withOff(List.of("10.0.0.7"), FIRST);

        assertThat(list.withOff(List.of("10.0.0.7"), new ClientsOff.Note("", 2_000)))
                .isEqualTo(list);
        assertThat(list.withOff(List.of("10.0.0.7"), new ClientsOff.Note("net", 2_000))
                        .clients())
                .isEqualTo(Map.of("10.0.0.7", new ClientsOff.Note("net", 1_000)));
        assertThat(list.withOn(List.of("10.0.0.7", "10.0.0.8")).clients()).isEmpty();
    }

    @Test
    void theListHasABoundThatTheRefusalNames() {
        List<String> all = IntStream.rangeClosed(0, ClientsOff.MOST_CLIENTS)
                .mapToObj(i -> "10.1." + i / 256 + "." + i % 256)
                .collect(Collectors.toList());
        ClientsOff full = ClientsOff.NONE.withOff(all.subList(1, all.size()), FIRST);

        assertThat(full.clients()).hasSize(ClientsOff.MOST_CLIENTS);
        assertThatThrownBy(() -> full.withOff(all, FIRST))
                .hasMessageContaining("10001 clients would be off, 10000 are allowed");
    }
}
