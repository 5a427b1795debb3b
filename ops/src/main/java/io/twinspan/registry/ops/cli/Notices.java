package io.twinspan.registry.ops.cli;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What metas said to everybody while a command ran, that push is closed, or who is on duty: shown once, at the end of whatever the command
 * says. The command line runs one command at a time, on one thread.
 */
final class Notices {
    private static final ThreadLocal<Set<String>> HEARD = ThreadLocal.withInitial(LinkedHashSet::new);

    private Notices() {}

    static void note(String notice) {
        HEARD.get().add(notice);
    }

    /** Says what was heard, and forgets it. */
    static void show(PrintStream err) {
        HEARD.get().forEach(notice -> err.println("twinspan: " + notice));
        HEARD.remove();
    }
}
