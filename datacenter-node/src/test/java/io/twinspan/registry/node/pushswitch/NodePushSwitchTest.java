package io.twinspan.registry.node.pushswitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushScope;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodePushSwitchTest {
    private static final PushSwitch SEVEN = new PushSwitch(
            7,
            List.of(
                    new PushToken(
                            "operator",
                            "a \"release\"",
                            PushPosition.CLOSED,
                            new PushScope("SOFA", "com.*", Set.of("10.0.0.1"), Set.of("10.0.0.2:5")),
                            1_000,
                            5_000),
                    new PushToken("failover", "", PushPosition.HOLD_SHRINK, PushScope.all(), 2_000, 0)));

    @TempDir
    private Path home;

    private final ManualEventLoop loop = new ManualEventLoop();

    @Test
    void aNewerSwitchIsToldAndSurvivesARestart() {
        NodePushSwitch push = open();
        assertThat(push.isKnown()).isFalse();
        List<PushSwitch> told = listen(push);

        offer(push, SEVEN);

        assertThat(push.current()).isEqualTo(SEVEN);
        assertThat(told).containsExactly(SEVEN);
        NodePushSwitch again = open();
        assertThat(again.isKnown()).isTrue();
        assertThat(again.current()).isEqualTo(SEVEN);
    }

    @Test
    void anOlderSwitchAndTheEmptyOneOfANewGroupChangeNothing() {
        NodePushSwitch push = open();
        offer(push, SEVEN);
        List<PushSwitch> told = listen(push);

        offer(push, PushSwitch.OPEN);
        offer(push, new PushSwitch(7, List.of()));

        assertThat(push.current()).isEqualTo(SEVEN);
        assertThat(told).isEmpty();
    }

    @Test
    void thatNobodyHasEverClosedAnythingIsKnownToo() {
        NodePushSwitch push = open();
        List<PushSwitch> told = listen(push);

        offer(push, PushSwitch.OPEN);

        assertThat(told).containsExactly(PushSwitch.OPEN);
        assertThat(open().isKnown()).isTrue();
    }

    @Test
    void aFileThatCannotBeReadIsSetAside() throws IOException {
        Files.writeString(home.resolve("push-switch.json"), "{\"version\":");

        assertThat(open().isKnown()).isFalse();
        assertThat(home.resolve("push-switch.json.bad")).exists();
    }

    private NodePushSwitch open() {
        return new NodePushSwitch(new PushSwitchDisk(home.resolve("push-switch.json")), loop);
    }

    private void offer(NodePushSwitch push, PushSwitch value) {
        push.offer(value);
        loop.runDue();
    }

    private static List<PushSwitch> listen(NodePushSwitch push) {
        List<PushSwitch> told = new ArrayList<>();
        push.onChange(told::add);
        return told;
    }
}
