package io.twinspan.registry.ops.demo;

import java.util.List;

/**
 * What runs, as it is written in the state file.
 *
 * @param version of Twinspan that started it
 * @param startedAt ISO 8601
 * @param isDetached false while a terminal holds the demo
 * @param isStopping true once somebody has asked it to end, so that the terminal that holds it takes no end for an accident
 */
record DemoState(
        String version, String startedAt, boolean isDetached, boolean isStopping, List<RunningProcess> processes) {
    DemoState {
        processes = List.copyOf(processes);
    }

    DemoState stopping() {
        return new DemoState(version, startedAt, isDetached, true, processes);
    }

    boolean isAnyAlive() {
        return processes.stream().anyMatch(RunningProcess::isAlive);
    }
}
