package io.twinspan.registry.node.meta;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A replica whose state is the list of commands it was given; refuses those that begin with "no". */
public final class RecordingReplica implements Replica {
    private final List<String> state = new CopyOnWriteArrayList<>();
    private final List<Boolean> leadership = new CopyOnWriteArrayList<>();
    private volatile boolean wasLoaded;

    /** Commands applied, those of a loaded snapshot included. */
    public List<String> state() {
        return List.copyOf(state);
    }

    /** What it was told of leadership. */
    public List<Boolean> leadership() {
        return List.copyOf(leadership);
    }

    /** True when it began from a snapshot. */
    public boolean wasLoaded() {
        return wasLoaded;
    }

    @Override
    public String apply(byte[] command) {
        String text = new String(command, StandardCharsets.UTF_8);
        if (text.startsWith("no")) {
            return "refused " + text;
        }
        state.add(text);
        return "";
    }

    @Override
    public byte[] save() {
        return String.join("\n", state).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void load(byte[] saved) {
        wasLoaded = true;
        state.clear();
        state.addAll(List.of(new String(saved, StandardCharsets.UTF_8).split("\n", -1)));
    }

    @Override
    public void onLeadership(boolean isLeading) {
        leadership.add(isLeading);
    }
}
