package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts the story into words. Pure. */
final class StoryText {
    private final DemoHome home;
    private final Layout layout;
    private final String command;

    /** @param command how the user calls the command line */
    StoryText(DemoHome home, Layout layout, String command) {
        this.home = home;
        this.layout = layout;
        this.command = command;
    }

    List<String> lines(Story story, List<RunningProcess> processes, boolean isDetached) {
        List<String> lines = new ArrayList<>(whatHappened(story));
        lines.add("");
        lines.addAll(whatRuns(processes));
        lines.add("");
        lines.addAll(whatToTry(isDetached));
        lines.add("");
        lines.addAll(whatToBreak(processes));
        lines.addAll(ending(isDetached));
        return lines;
    }

    List<String> ending(boolean isDetached) {
        return List.of(
                "",
                isDetached
                        ? "It all goes on running. End it with: " + command + " demo stop" + home.option()
                        : "It all runs until you press Ctrl-C.");
    }

    private List<String> whatHappened(Story story) {
        boolean isOne = layout == Layout.ONE;
        return List.of(
                "",
                "What happened",
                "  1. An application in the east published " + Story.SERVICE + " at " + Story.FIRST_ADDRESS,
                "     through " + (isOne ? "the session " : "a session of the east, for example ") + story.eastSession()
                        + " (" + story.client() + "), acknowledged in " + millis(story.acknowledgedMillis()) + ".",
                "     Only name, version and count of it went to the west, over Kafka topic twinspan.announce."
                        + Layout.EAST + ".",
                "  2. An application in the west subscribed through "
                        + (isOne ? "the session " : "a session of the west, for example ") + story.westSession()
                        + ", scope global. The west has no",
                "     provider of its own, so "
                        + (isOne
                                ? "its data node fetched the address from the east ("
                                        + layout.east().first(NodePort.DATA_FOR_DATA) + ");"
                                : "the data node that leads the service there fetched the address from the one in the"
                                        + " east;"),
                "     the application was shown it " + millis(story.firstShownMillis())
                        + " after it subscribed. (A data node that" + " has just started",
                "     says nothing for its first seconds, rather than that there are no addresses.)",
                "  3. A second provider came up in the east at " + Story.SECOND_ADDRESS + ";",
                "     the west's application was shown it " + millis(story.changeShownMillis()) + " later. It now has:",
                "     " + String.join("  ", story.shown()));
    }

    private List<String> whatRuns(List<RunningProcess> processes) {
        List<String> lines = new ArrayList<>();
        lines.add("What runs, all on this machine, in " + home.root());
        lines.add(row("process", "pid", "roles", "listens on", "log folder"));
        for (RunningProcess process : processes) {
            Optional<DemoNode> node = layout.find(process.name());
            lines.add(row(
                    process.name(),
                    Long.toString(process.pid()),
                    node.map(DemoNode::roleNames).orElse("broker"),
                    node.map(StoryText::listensOn).orElse(Layout.KAFKA.toString()),
                    home.root().relativize(home.logs(process.name())).toString()));
        }
        return lines;
    }

    private List<String> whatToTry(boolean isDetached) {
        String east = layout.east().first(NodePort.SESSION_HTTP).toString();
        String west = layout.west().first(NodePort.SESSION_HTTP).toString();
        String inTheEast = layout == Layout.ONE ? "" : " --server " + east;
        String get = "  " + command + " get " + Story.SERVICE + " --server " + west;
        String watch =
                "  " + command + " watch " + Story.SERVICE + " --server " + west + "      # shows changes as they come";
        String publish = "  " + command + " publish " + Story.SERVICE + " bolt://127.0.0.1:12202" + inTheEast;
        List<String> lines = new ArrayList<>();
        if (isDetached) {
            lines.add("What to try next (the applications of the story have gone with this command)");
            lines.addAll(List.of(watch, publish + "      # in another terminal", get));
        } else {
            lines.add("What to try next, in another terminal");
            lines.addAll(List.of(get, watch, publish));
        }
        lines.add("  curl http://" + east + "/api/servers/query");
        lines.add("  curl http://" + layout.west().first(NodePort.META_HTTP) + "/digest/pushSwitch");
        lines.add("  curl http://" + layout.west().first(NodePort.DATA_HTTP) + "/digest/datum/count");
        lines.add("  " + command + " demo status" + home.option());
        return lines;
    }

    /** A node of the east, where there are several the last one: the commands above talk to the first. */
    private List<String> whatToBreak(List<RunningProcess> processes) {
        List<DemoNode> candidates = layout.east().nodes(NodeRole.DATA);
        String victim = candidates.get(candidates.size() - 1).name();
        String pid = processes.stream()
                .filter(process -> process.name().equals(victim))
                .map(process -> Long.toString(process.pid()))
                .findFirst()
                .orElse("PID");
        return List.of(
                "Lose a process, and bring it back on its data",
                "  kill -9 " + pid + "      # " + victim + "; any other of the table will do as well",
                "  " + command + " demo start " + victim + home.option());
    }

    /** The host, the port of clients and those of HTTP: what a person talks to. */
    private static String listensOn(DemoNode node) {
        String http = node.ports().stream()
                .filter(NodePort::isHttp)
                .sorted(Comparator.comparing(NodePort::role))
                .map(port -> port.role().name().toLowerCase(Locale.ROOT) + " "
                        + node.endpoint(port).port())
                .collect(Collectors.joining(", "));
        String clients = node.isA(NodeRole.SESSION)
                ? "  clients " + node.endpoint(NodePort.SESSION_CLIENT).port()
                : "";
        return node.host() + clients + "  HTTP " + http;
    }

    private static String row(String process, String pid, String roles, String listens, String logs) {
        return String.format(Locale.ROOT, "  %-15s %-8s %-21s %-67s %s", process, pid, roles, listens, logs);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.0f ms", value);
    }
}
