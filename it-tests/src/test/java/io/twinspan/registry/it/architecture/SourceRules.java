package io.twinspan.registry.it.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a source file must look like, beyond what the compiler and the formatter say. Pure: text in, complaints out. */
final class SourceRules {
    static final int MAX_LINES = 400;

    private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sleep\\(|TimeUnit\\.[A-Z]+\\.sleep\\(");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public (final |sealed |abstract )*(class|interface|enum|record|@interface) ");
    private static final Pattern DISABLED = Pattern.compile("@Dis" + "abled\\b");

    private SourceRules() {}

    /** Complaints about one Java file, each naming the file and what to do. */
    static List<String> complaints(String name, String text) {
        List<String> found = new ArrayList<>();
        long lines = text.lines().count();
        if (lines > MAX_LINES) {
            found.add(name + " has " + lines + " lines; split it, " + MAX_LINES + " is the limit");
        }
        // A command that watches processes and ports has nobody to wake it; everything else has.
        if (SLEEP.matcher(text).find() && !name.startsWith("ops/src/main/")) {
            found.add(name + " sleeps; wait for what you wait for");
        }
        if (UNFINISHED.matcher(text).find()) {
            found.add(name + " is marked unfinished; finish it or leave it out");
        }
        if (DISABLED.matcher(text).find()) {
            found.add(name + " disables a test; mend it or delete it");
        }
        var type = PUBLIC_TYPE.matcher(text);
        if (type.find()
                && !text.substring(0, type.start()).stripTrailing().endsWith("*/")
                && !endsWithAnnotation(text, type.start())) {
            found.add(name + " has a public type without a Javadoc");
        }
        if (text.contains("\t")) {
            found.add(name + " has tabs");
        }
        return found;
    }

    /** Complaints about a {@code package-info.java}. */
    static List<String> packageComplaints(String name, String text) {
        List<String> found = new ArrayList<>();
        if (!text.contains("@NullMarked")) {
            found.add(name + " is not @NullMarked");
        }
        if (!text.startsWith("/**")) {
            found.add(name + " does not say what lives in the package");
        }
        return found;
    }

    private static boolean endsWithAnnotation(String text, int at) {
        String[] before = text.substring(0, at).stripTrailing().split("\n");
        int line = before.length - 1;
        while (line >= 0
                && (before[line].startsWith("@") || before[line].startsWith("    ") || before[line].startsWith("})"))) {
            line--;
        }
        return line >= 0 && before[line].strip().endsWith("*/");
    }
}
