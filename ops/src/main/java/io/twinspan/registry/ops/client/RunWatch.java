package io.twinspan.registry.ops.client;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Tells the notes of a failover's run as they come, until it is over. */
public final class RunWatch {
    private static final long LOOK_MILLIS = 500;
    private static final int MOST_LOOKS = 1_200;

    private final MetaClient client;
    private final String path;
    private final String run;
    private final Consumer<String> notes;
    private int told;

    /**
     * @param path of the status in which the run is
     * @param notes takes each note, with its time
     */
    public RunWatch(MetaClient client, String path, String run, Consumer<String> notes) {
        this.client = client;
        this.path = path;
        this.run = run;
        this.notes = notes;
    }

    /** A note of a run in words. */
    public static String text(JsonNode note) {
        return note.path("at").asString("") + "  " + note.path("text").asString("");
    }

    /** Returns {@code DONE}, {@code ABORTED}, {@code REHEARSED} or {@code HALTED}, or nothing when the run still goes on after ten minutes. */
    public String watch() {
        for (int look = 0; look < MOST_LOOKS; look++) {
            JsonNode seen = seen();
            String state = seen.path("state").asString("");
            if (!seen.isMissingNode() && !state.equals("RUNNING") && !state.equals("ABORTING")) {
                return state;
            }
            try {
                // A run is journaled by metas that may change meanwhile; nobody tells when it goes on, so it is looked
                // at.
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return "";
    }

    /** An answer that does not come is no news: a meta that leads may just have died. */
    private JsonNode seen() {
        JsonNode found = MissingNode.getInstance();
        try {
            MetaClient.Answer answer = client.get(path);
            for (JsonNode each : answer.isDone() ? answer.json().path("runs") : found) {
                if (each.path("run").asString("").equals(run)) {
                    found = each;
                }
            }
        } catch (UnreachableException silent) {
            return found;
        }
        JsonNode all = found.path("notes");
        for (; told < all.size(); told++) {
            notes.accept(text(all.path(told)));
        }
        return found;
    }
}
