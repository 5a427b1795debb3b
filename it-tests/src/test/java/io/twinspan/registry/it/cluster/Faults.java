package io.twinspan.registry.it.cluster;

import static org.awaitility.Awaitility.await;

import io.twinspan.registry.it.fixture.NodeProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The faults that are tried on a {@link FaultRun}. */
final class Faults {
    private final FaultRun run;

    Faults(FaultRun run) {
        this.run = run;
    }

    /** {@code kill -9} of all at once, then all are started again. */
    void kill(NodeProcess... nodes) {
        List<NodeProcess> all = List.of(nodes);
        run.during(
                "kill -9 of " + names(all),
                () -> all.parallelStream().forEach(NodeProcess::kill9),
                () -> all.forEach(NodeProcess::restart));
    }

    /** {@code kill -9}, and started again only after a while. */
    void killFor(Duration away, NodeProcess node) {
        run.during("kill -9 of " + node.name() + " for " + away.toSeconds() + " s", node::kill9, () -> {
            pass(away);
            node.restart();
        });
    }

    /** SIGSTOP, a while, SIGCONT. */
    void pause(Duration away, NodeProcess node) {
        run.during("SIGSTOP of " + node.name() + " for " + away.toSeconds() + " s", node::pause, () -> {
            pass(away);
            node.resume();
        });
    }

    /** An orderly end and a start. */
    void restart(NodeProcess node) {
        run.during("restart of " + node.name(), node::terminate, node::restart);
    }

    private static void pass(Duration time) {
        await("time that passes").pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }

    private static String names(List<NodeProcess> nodes) {
        return nodes.stream().map(NodeProcess::name).collect(Collectors.joining(" and "));
    }
}
