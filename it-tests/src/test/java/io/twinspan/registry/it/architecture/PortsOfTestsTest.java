package io.twinspan.registry.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two test classes run beside one another, so no two of them may listen on the same ports. */
class PortsOfTestsTest {
    private static final Pattern OFFSET = Pattern.compile(
            "(?:static final int (?:EAST|WEST|ALONE|\\w*OFFSET|\\w+_CUT) = |alone\\(\"\\w+\", )([0-9_]+)");

    /** The default ports of a node lie within so many. */
    private static final int OF_ONE_NODE = 100;

    @Test
    void eachClassHasItsOwn() throws IOException {
        Map<Integer, Path> owners = new TreeMap<>();
        List<String> complaints = new ArrayList<>();
        for (Path file : tests()) {
            Matcher found = OFFSET.matcher(Files.readString(file));
            while (found.find()) {
                int offset = Integer.parseInt(found.group(1).replace("_", ""));
                for (int other = offset - OF_ONE_NODE + 1; other < offset + OF_ONE_NODE; other++) {
                    Path owner = owners.getOrDefault(other, file);
                    if (!owner.equals(file)) {
                        complaints.add(file.getFileName() + " listens at port offset " + offset + ", "
                                + owner.getFileName() + " at " + other + ": choose another for one of them");
                    }
                }
                owners.put(offset, file);
            }
        }
        assertThat(owners).hasSizeGreaterThan(30);
        assertThat(complaints).isEmpty();
    }

    private static List<Path> tests() throws IOException {
        List<Path> tests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Repository.root().resolve("it-tests/src/test"))) {
            for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                    .sorted()
                    .toList()) {
                // The long ones run one after the other.
                if (!Files.readString(file).contains("@Tag(\"long\")")) {
                    tests.add(file);
                }
            }
        }
        return tests;
    }
}
