package io.twinspan.registry.ops.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a terminal that holds the demo is told of processes that end, and of those that somebody has started again; each once. */
final class ProcessNews {
    private final String startCommand;
    private final String homeOption;
    private final Map<String, Long> known = new HashMap<>();
    private final Set<Long> ended = new HashSet<>();

    /**
     * @param started what the terminal has seen start
     * @param startCommand what starts a process again, without its name
     */
    ProcessNews(List<RunningProcess> started, String startCommand, String homeOption) {
        this.startCommand = startCommand;
        this.homeOption = homeOption;
        started.forEach(process -> known.put(process.name(), process.pid()));
    }

    /** One line for each change since the last call. */
    List<String> since(List<RunningProcess> now) {
        List<String> news = new ArrayList<>();
        for (RunningProcess process : now) {
            Long before = known.put(process.name(), process.pid());
            if (before != null && before != process.pid()) {
                news.add("  " + process.name() + " was started again, pid " + process.pid());
            }
            if (!process.isAlive() && ended.add(process.pid())) {
                news.add("  " + process.name() + " (pid " + process.pid() + ") has ended; its output is in "
                        + process.log() + ". Start it again with: " + startCommand + " " + process.name() + homeOption);
            }
        }
        return news;
    }
}
