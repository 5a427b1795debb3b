package io.twinspan.registry.ops.demo;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of a demo and what is where in it.
 *
 * @param root absolute
 */
public record DemoHome(Path root) {
    static final String KAFKA = "kafka";

    private static final Path USUAL = Path.of(".twinspan", "demo");

    /** Makes the path absolute, because the processes are started from elsewhere. */
    public DemoHome {
        root = root.toAbsolutePath().normalize();
    }

    /** Where a demo lives when nothing is said. */
    public static DemoHome ofUser(String userHome) {
        return new DemoHome(Path.of(userHome).resolve(USUAL));
    }

    /** True when there are data of an earlier run. */
    boolean hasData() {
        return Files.exists(root.resolve("data"));
    }

    /** What has to be added to a command line so that it means this folder; nothing for the usual one. */
    public String option() {
        return root.endsWith(USUAL) ? "" : " --home " + root;
    }

    Path stateFile() {
        return root.resolve("run.json");
    }

    Path lockFile() {
        return root.resolve("lock");
    }

    Path versionFile() {
        return root.resolve("version");
    }

    /** Which layout the data are of. */
    Path layoutFile() {
        return root.resolve("layout");
    }

    Path data(String process) {
        return root.resolve("data").resolve(process);
    }

    Path logs(String process) {
        return root.resolve("logs").resolve(process);
    }

    /** What the process itself writes to its output. */
    Path console(String process) {
        return logs(process).resolve("console.log");
    }

    Path temporary(String process) {
        return root.resolve("tmp").resolve(process);
    }

    Path nodeYaml(DemoNode node) {
        return root.resolve("config").resolve(node.name() + ".yaml");
    }
}
