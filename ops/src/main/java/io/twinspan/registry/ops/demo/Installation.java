package io.twinspan.registry.ops.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is installed: the two jars, and the Java that runs them.
 *
 * @param root the folder that holds {@code ops} and {@code datacenter-node}
 * @param java the binary to start processes with
 * @param version of Twinspan
 * @param command how the user called the command line, for lines to try next
 */
public record Installation(Path root, Path java, String version, String command) {
    /** The node. */
    public Path nodeJar() {
        return root.resolve("datacenter-node/target/datacenter-node.jar");
    }

    /** The operator's jar, which holds the broker as well. */
    public Path opsJar() {
        return root.resolve("ops/target/ops.jar");
    }

    /** The jars that are needed and not there. */
    public List<Path> missing() {
        return Stream.of(nodeJar(), opsJar())
                .filter(jar -> !Files.isRegularFile(jar))
                .toList();
    }
}
