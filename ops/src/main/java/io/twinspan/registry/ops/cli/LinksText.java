package io.twinspan.registry.ops.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What {@code GET /digest/links} of one node answers, for people. */
final class LinksText {
    private final JsonNode answer;

    LinksText(JsonNode answer) {
        this.answer = answer;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (JsonNode link : answer.path("links")) {
            boolean isOut = isOut(link);
            int connections = link.path("connections").asInt(0);
            int inMemory = link.path("inMemory").asInt(0);
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-7s -> %-7s %5d  %s %4d%s%s%s",
                    link.path("from").asString(""),
                    link.path("to").asString(""),
                    link.path("port").asInt(0),
                    isOut ? "out" : "in ",
                    connections,
                    link.hasNonNull("expected") ? " of " + link.path("expected").asInt(0) : "",
                    inMemory > 0 ? ", " + inMemory + " in memory" : "",
                    isMissing(link) ? "  MISSING" : ""));
        }
        return lines;
    }

    /** True when the node has every connection that it wants. */
    boolean isComplete() {
        return answer.path("links").valueStream().noneMatch(LinksText::isMissing);
    }

    private static boolean isOut(JsonNode link) {
        return link.path("direction").asString("").equals("out");
    }

    private static boolean isMissing(JsonNode link) {
        return link.hasNonNull("expected")
                && link.path("connections").asInt(0) < link.path("expected").asInt(0);
    }
}
