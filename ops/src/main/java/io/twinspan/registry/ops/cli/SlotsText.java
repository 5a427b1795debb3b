package io.twinspan.registry.ops.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What {@code GET /slots} answers, for people. */
final class SlotsText {
    private static final int SHORT_ID = 8;
    private static final int MOST_UNWELL = 20;

    private final JsonNode view;

    SlotsText(JsonNode view) {
        this.view = view;
    }

    List<String> lines(boolean isAll) {
        List<String> lines = new ArrayList<>();
        JsonNode slots = view.path("slots");
        lines.add(text(view, "datacenter") + ": slot table " + text(view, "epoch") + ", " + slots.size() + " slots on "
                + view.path("nodes").size() + " data nodes"
                + (view.path("isPaused").asBoolean(false)
                        ? "; PAUSED, nothing moves until 'twinspan slots resume'"
                        : ""));
        if (slots.isEmpty()) {
            lines.add("No data node has joined yet.");
            return lines;
        }
        lines.add(String.format(Locale.ROOT, "  %-8s  %-21s %6s %8s", "NODE", "ADDRESS", "LEADS", "FOLLOWS"));
        view.path("nodes").forEach(node -> lines.add(node(node)));
        view.path("removed").forEach(node -> lines.add("  " + shortened(node.asString("")) + "  removed for good"));
        List<JsonNode> unwell = new ArrayList<>();
        slots.forEach(slot -> {
            if (isAll || !isWell(slot)) {
                unwell.add(slot);
            }
        });
        if (isAll) {
            unwell.forEach(slot -> lines.add(slot(slot)));
        } else if (unwell.isEmpty()) {
            lines.add("All slots are settled and all followers are current. --all lists them.");
        } else {
            lines.add(unwell.size() + " of " + slots.size() + " slots are not well:");
            unwell.stream().limit(MOST_UNWELL).forEach(slot -> lines.add(slot(slot)));
            if (unwell.size() > MOST_UNWELL) {
                lines.add("  … and " + (unwell.size() - MOST_UNWELL) + " more; --all lists every slot.");
            }
        }
        return lines;
    }

    private static boolean isWell(JsonNode slot) {
        boolean isWell = text(slot, "state").equals("settled");
        for (JsonNode follower : slot.path("followers")) {
            isWell = isWell && text(follower, "state").equals("current");
        }
        return isWell;
    }

    private static String node(JsonNode node) {
        return String.format(
                Locale.ROOT,
                "  %-8s  %-21s %6d %8d%s%s",
                shortened(text(node, "node")),
                text(node, "address"),
                node.path("leads").asInt(0),
                node.path("follows").asInt(0),
                said(text(node, "presence")),
                node.path("isEvacuating").asBoolean(false) ? "  evacuating" : "");
    }

    private static String said(String presence) {
        return switch (presence) {
            case "heard", "unknown" -> "";
            case "unfit" -> "  unfit: its clock is wrong, it takes no slot";
            default -> "  " + presence;
        };
    }

    private static String slot(JsonNode slot) {
        List<String> followers = new ArrayList<>();
        slot.path("followers")
                .forEach(each -> followers.add(shortened(text(each, "node")) + " " + text(each, "state") + lag(each)));
        String moved = text(slot, "movedTo");
        return String.format(
                Locale.ROOT,
                "  slot %3d  epoch %-5s leader %s %-8s followers %s%s",
                slot.path("slot").asInt(0),
                text(slot, "epoch"),
                shortened(text(slot, "leader")),
                text(slot, "state"),
                followers.isEmpty() ? "none" : followers.stream().collect(Collectors.joining(", ")),
                moved.isEmpty() ? "" : "  moved to " + shortened(moved));
    }

    private static String lag(JsonNode follower) {
        String lag = text(follower, "lag");
        return lag.isEmpty() || lag.equals("0") ? "" : " (lag " + lag + ")";
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static String shortened(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }
}
