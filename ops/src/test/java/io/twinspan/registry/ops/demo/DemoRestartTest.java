package io.twinspan.registry.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRestartTest {
    @TempDir
    Path folder;

    @Test
    void aProcessIsNamedByItsNameItsHostOrOneOfItsAddresses() {
        DemoRestart restart = running(Layout.THREE);

        assertThat(restart.named(List.of("east-2", "127.0.1.3", "127.0.2.1:9622")))
                .containsExactly("east-2", "east-3", "west-1");
    }

    @Test
    void whatMeansNoneOrSeveralIsRefusedWithTheNames() {
        DemoRestart restart = running(Layout.ONE);

        assertThat(restart.named(List.of("127.0.0.1:10615"))).containsExactly("west");
        assertThatThrownBy(() -> restart.named(List.of("127.0.0.1")))
                .isInstanceOf(DemoRefusedException.class)
                .hasMessageContaining("'127.0.0.1' means any of east, west; name one of");
        assertThatThrownBy(() -> restart.named(List.of("north")))
                .isInstanceOf(DemoRefusedException.class)
                .hasMessageContaining("means no process of the demo");
    }

    @Test
    void withoutADemoThereIsNothingToRestart() {
        DemoRestart restart = new DemoRestart(new DemoHome(folder), installation(), line -> {});

        assertThat(restart.isThere()).isFalse();
        assertThatThrownBy(() -> restart.restart(List.of("east"))).isInstanceOf(DemoRefusedException.class);
    }

    private DemoRestart running(Layout layout) {
        DemoHome home = new DemoHome(folder);
        List<RunningProcess> processes = layout.processes().stream()
                .map(name -> new RunningProcess(name, 1, 1, folder + "/" + name))
                .toList();
        new DemoStateFile(home.stateFile())
                .save(new DemoState("0", "2026-01-01T10:00:00Z", layout, true, false, processes));
        return new DemoRestart(home, installation(), line -> {});
    }

    private static Installation installation() {
        return new Installation(Path.of("."), Path.of("java"), "0", "twinspan");
    }
}
