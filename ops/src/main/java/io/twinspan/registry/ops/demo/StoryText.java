package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.NodePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts the story into words. Pure. */
final class StoryText {
    private final DemoHome home;
    private final String command;

    /** @param command how the user calls the command line */
    StoryText(DemoHome home, String command) {
        this.home = home;
        this.command = command;
    }

    List<String> lines(Story story, List<RunningProcess> processes, boolean isDetached) {
        List<String> lines = new ArrayList<>(whatHappened(story));
        lines.add("");
        lines.add("What runs, all on this machine, in " + home.root());
        processes.forEach(process -> lines.add(String.format(
                Locale.ROOT,
                "  %-5s pid %-7d %s%n                    log %s",
                process.name(),
                process.pid(),
                portsOf(process.name()),
                process.log())));
        lines.add("");
        lines.addAll(whatToTry(isDetached));
        return lines;
    }

    private List<String> whatHappened(Story story) {
        return List.of(
                "",
                "What happened",
                "  1. An application in the east published " + Story.SERVICE + " at " + Story.FIRST_ADDRESS,
                "     through the session " + story.eastSession() + " (" + story.client() + "), acknowledged in "
                        + millis(story.acknowledgedMillis()) + ".",
                "     Only name, version and count of it went to the west, over Kafka topic twinspan.announce."
                        + Site.EAST.name() + ".",
                "  2. An application in the west subscribed through the session " + story.westSession()
                        + ", scope global. The west has no",
                "     provider of its own, so its data node fetched the address from the east ("
                        + Site.EAST.endpoint(NodePort.DATA_FOR_DATA) + ");",
                "     the application was shown it " + millis(story.firstShownMillis())
                        + " after it subscribed. (A data node that" + " has just started",
                "     says nothing for its first seconds, rather than that there are no addresses.)",
                "  3. A second provider came up in the east at " + Story.SECOND_ADDRESS + ";",
                "     the west's application was shown it " + millis(story.changeShownMillis()) + " later. It now has:",
                "     " + String.join("  ", story.shown()));
    }

    private List<String> whatToTry(boolean isDetached) {
        String east = Site.EAST.endpoint(NodePort.SESSION_HTTP).toString();
        String west = Site.WEST.endpoint(NodePort.SESSION_HTTP).toString();
        List<String> lines = new ArrayList<>();
        if (isDetached) {
            lines.add("What to try next (the applications of the story have gone with this command)");
            lines.add("  " + command + " watch " + Story.SERVICE + " --server " + west
                    + "      # shows changes as they come");
            lines.add("  " + command + " publish " + Story.SERVICE
                    + " bolt://127.0.0.1:12202      # in another terminal");
            lines.add("  " + command + " get " + Story.SERVICE + " --server " + west);
        } else {
            lines.add("What to try next, in another terminal");
            lines.add("  " + command + " get " + Story.SERVICE + " --server " + west);
            lines.add("  " + command + " watch " + Story.SERVICE + " --server " + west
                    + "      # shows changes as they come");
            lines.add("  " + command + " publish " + Story.SERVICE + " bolt://127.0.0.1:12202");
        }
        lines.add("  curl http://" + east + "/api/servers/query");
        lines.add("  curl http://" + Site.WEST.endpoint(NodePort.META_HTTP) + "/digest/pushSwitch");
        lines.add("  curl http://" + Site.WEST.endpoint(NodePort.DATA_HTTP) + "/digest/datum/count");
        lines.add("  " + command + " demo status" + home.option());
        lines.add("");
        lines.add(
                isDetached
                        ? "It all goes on running. End it with: " + command + " demo stop" + home.option()
                        : "It all runs until you press Ctrl-C.");
        return lines;
    }

    private static String portsOf(String process) {
        if (process.equals(DemoHome.KAFKA)) {
            return Site.KAFKA.toString();
        }
        Site site = process.equals(Site.EAST.name()) ? Site.EAST : Site.WEST;
        return String.format(
                Locale.ROOT,
                "%s  clients %d  HTTP session %d, meta %d, data %d",
                Site.HOST,
                site.endpoint(NodePort.SESSION_CLIENT).port(),
                site.endpoint(NodePort.SESSION_HTTP).port(),
                site.endpoint(NodePort.META_HTTP).port(),
                site.endpoint(NodePort.DATA_HTTP).port());
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.0f ms", value);
    }
}
