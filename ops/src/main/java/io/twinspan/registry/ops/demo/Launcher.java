package io.twinspan.registry.ops.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts processes that outlive the one that starts them. Each gets a session of its own where the system has setsid, so that
 * neither Ctrl-C nor a closed terminal reaches it: the demo ends its processes itself, in order.
 */
final class Launcher {
    private final Optional<Path> setsid;

    /** @param searchPath folders as in the variable PATH */
    Launcher(String searchPath) {
        this.setsid = Stream.of(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "setsid"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Launcher ofPath() {
        return new Launcher(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /**
     * Appends what the process writes to the log: what it wrote before it was killed is what one wants to read.
     *
     * @throws UncheckedIOException when the process cannot be started
     */
    RunningProcess start(String name, List<String> command, Path folder, Path log) {
        List<String> words = new ArrayList<>();
        setsid.ifPresent(path -> words.add(path.toString()));
        words.addAll(command);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Files.createDirectories(folder);
            Process process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return RunningProcess.of(name, process.toHandle(), log);
        } catch (IOException failed) {
            throw new UncheckedIOException(name + " could not be started: " + failed.getMessage(), failed);
        }
    }
}
