package io.twinspan.registry.node.meta.raft;

import io.twinspan.registry.node.meta.CommandLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * What this member keeps of the groups it has been in. The first group lies in the folder itself, any other in a folder of its name;
 * the file {@code group} names the one in force. What an earlier group left stays where it is and is not read again.
 */
final class GroupFolder {
    private static final String FIRST_COMMAND = "first-command";
    private static final String FOUNDED = "founded-with";

    private final Path folder;

    GroupFolder(Path folder) {
        this.folder = folder;
    }

    /** Name of the group in force. */
    String name() {
        try {
            Path file = folder.resolve("group");
            return Files.exists(file) ? Files.readString(file).strip() : CommandLog.FIRST_GROUP;
        } catch (IOException unreadable) {
            throw new IllegalStateException("the name of the meta group in " + folder + " cannot be read", unreadable);
        }
    }

    /** Log, votes and snapshots of the group in force; made when missing. */
    Path logs() throws IOException {
        String name = name();
        return Files.createDirectories(name.equals(CommandLog.FIRST_GROUP) ? folder : folder.resolve(name));
    }

    /** The command with which this member begins the group in force; null when it has none to begin with, or has done so. */
    byte @Nullable [] first() {
        try {
            Path file = logs().resolve(FIRST_COMMAND);
            return Files.exists(file) ? Files.readAllBytes(file) : null;
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "the beginning of the meta group in " + folder + " cannot be read", unreadable);
        }
    }

    /** The group has its first command. */
    void onBegun() throws IOException {
        Path logs = logs();
        if (Files.exists(logs.resolve(FIRST_COMMAND))) {
            Files.move(logs.resolve(FIRST_COMMAND), logs.resolve(FOUNDED), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** True when this member began the group in force alone, however many it has become since. */
    boolean isFounder() {
        try {
            return first() != null || Files.exists(logs().resolve(FOUNDED));
        } catch (IOException unreadable) {
            throw new IllegalStateException("the meta group's folder " + folder + " cannot be used", unreadable);
        }
    }

    /** Another group is in force from now on; the command is there before its name is. */
    void enter(String group, byte @Nullable [] first) throws IOException {
        Path logs = Files.createDirectories(folder.resolve(group));
        if (first != null) {
            Files.write(logs.resolve(FIRST_COMMAND), first);
        }
        Path young = folder.resolve("group.new");
        Files.write(young, group.getBytes(StandardCharsets.UTF_8));
        Files.move(young, folder.resolve("group"), StandardCopyOption.ATOMIC_MOVE);
    }
}
