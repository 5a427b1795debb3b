package io.twinspan.registry.it.architecture;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout this test runs in. */
final class Repository {
    private Repository() {}

    /** The folder with the root pom: the working folder or the one above it. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(here.resolve("registry-core")) ? here : here.getParent();
        if (root == null || !Files.isDirectory(root.resolve("registry-core"))) {
            throw new IllegalStateException("run this from the repository or from it-tests, not from " + here);
        }
        return root;
    }

    /** Path relative to the root, for messages. */
    static String name(Path file) {
        return root().relativize(file.toAbsolutePath()).toString();
    }
}
