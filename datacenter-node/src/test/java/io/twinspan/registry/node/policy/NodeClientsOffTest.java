package io.twinspan.registry.node.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeClientsOffTest {
    private static final ClientsOff SEVEN = new ClientsOff(
            7, Map.of("10.0.0.7", new ClientsOff.Note("a \"bad\" disk", 5), "fd00::1", new ClientsOff.Note("", 6)));

    @TempDir
    private Path home;

    private final ManualEventLoop loop = new ManualEventLoop();

    @Test
    void aNewerListComesIntoForceIsToldAndSurvivesARestartAndAnOlderOneChangesNothing() {
        NodeClientsOff clients = open();
        List<ClientsOff> told = new ArrayList<>();
        clients.onChange(told::add);

        clients.offer(SEVEN);
        clients.offer(ClientsOff.NONE);
        clients.offer(new ClientsOff(7, Map.of()));
        loop.runDue();

        assertThat(clients.current()).isEqualTo(SEVEN);
        assertThat(told).containsExactly(SEVEN);
        assertThat(open().current()).isEqualTo(SEVEN);
    }

    @Test
    void aFileThatCannotBeReadIsSetAside() throws IOException {
        Files.writeString(home.resolve("clients-off.json"), "{\"version\":\"seven\"}");

        assertThat(open().current()).isEqualTo(ClientsOff.NONE);
        assertThat(home.resolve("clients-off.json.bad")).exists();
    }

    private NodeClientsOff open() {
        return new NodeClientsOff(home.resolve("clients-off.json"), loop);
    }
}
