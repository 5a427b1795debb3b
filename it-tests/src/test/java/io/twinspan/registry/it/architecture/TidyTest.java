package io.twinspan.registry.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TidyTest {
    private static final Set<String> TOP_LEVEL = Set.of(
            "pom.xml",
            "registry-core",
            "datacenter-node",
            "cross-dc-sync",
            "acvip-resolver",
            "config",
            "ops",
            "it-tests",
            "README.md",
            "LICENSE",
            "target");

    @Test
    void everySourceFileIsTidy() throws IOException {
        List<String> complaints = new ArrayList<>();
        for (Path file : sources()) {
            complaints.addAll(SourceRules.complaints(Repository.name(file), Files.readString(file)));
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void everyPackageSaysWhatLivesThere() throws IOException {
        List<String> complaints = new ArrayList<>();
        Set<Path> folders = new HashSet<>();
        for (Path file : sources()) {
            if (file.toString().contains("/src/main/")) {
                folders.add(file.getParent());
            }
        }
        for (Path folder : folders) {
            Path info = folder.resolve("package-info.java");
            if (Files.exists(info)) {
                complaints.addAll(SourceRules.packageComplaints(Repository.name(info), Files.readString(info)));
            } else {
                complaints.add(Repository.name(folder) + " has no package-info.java");
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void simpleClassNamesAreUnique() throws IOException {
        Set<String> seen = new HashSet<>();
        List<String> twice = sources().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("package-info.java") && !seen.add(name))
                .toList();
        assertThat(twice).isEmpty();
    }

    @Test
    void topLevelHoldsOnlyWhatTheMapShows() throws IOException {
        try (Stream<Path> entries = Files.list(Repository.root())) {
            assertThat(entries.map(path -> path.getFileName().toString()).filter(name -> !name.startsWith(".")))
                    .isSubsetOf(TOP_LEVEL);
        }
    }

    @Test
    void untidyTextIsFound() {
        String sleeper = "/** X. */\npublic class X {\n void x() throws Exception { Thread" + ".sleep(1); }\n}\n";
        String unfinished = "/** X. */\npublic class X {} // TO" + "DO later\n";
        String bare = "package x;\n\npublic class X {}\n";
        String tooLong = "\n".repeat(SourceRules.MAX_LINES + 1);
        String disabled = "class X { @Dis" + "abled void x() {} }\n";

        assertThat(List.of(sleeper, unfinished, bare, tooLong, disabled))
                .allSatisfy(text ->
                        assertThat(SourceRules.complaints("X.java", text)).hasSize(1));
        assertThat(SourceRules.packageComplaints("package-info.java", "package x;\n"))
                .hasSize(2);
    }

    private static List<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Repository.root())) {
            for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml")))
                    .toList()) {
                for (String tree : List.of("src/main/java", "src/test/java")) {
                    if (Files.isDirectory(module.resolve(tree))) {
                        files.addAll(javaFiles(module.resolve(tree)));
                    }
                }
            }
        }
        return files;
    }

    private static List<Path> javaFiles(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(path -> path.toString().endsWith(".java")).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
