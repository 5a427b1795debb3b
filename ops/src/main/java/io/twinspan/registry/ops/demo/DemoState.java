package io.twinspan.registry.ops.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What runs, as it is written in the state file.
 *
 * @param version of Twinspan that started it
 * @param startedAt ISO 8601
 * @param layout which processes belong to it
 * @param isDetached false while a terminal holds the demo
 * @param isStopping true once somebody has asked it to end, so that the terminal that holds it takes no end for an accident
 */
record DemoState(
        String version,
        String startedAt,
        Layout layout,
        boolean isDetached,
        boolean isStopping,
        List<RunningProcess> processes) {
    DemoState {
        // A demo that an older version started is ended by this one all the same.
        layout = Objects.requireNonNullElse(layout, Layout.ONE);
        processes = List.copyOf(processes);
    }

    DemoState stopping() {
        return new DemoState(version, startedAt, layout, isDetached, true, processes);
    }

    /** The same with a process added, or in place of the one of its name. */
    DemoState with(RunningProcess process) {
        List<RunningProcess> next = new ArrayList<>(processes);
        next.replaceAll(each -> each.name().equals(process.name()) ? process : each);
        if (!next.contains(process)) {
            next.add(process);
        }
        return new DemoState(version, startedAt, layout, isDetached, isStopping, next);
    }

    Optional<RunningProcess> find(String name) {
        return processes.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    boolean isAnyAlive() {
        return processes.stream().anyMatch(RunningProcess::isAlive);
    }
}
