package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.demo.Installation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What commands take from the world around them, so that tests can give them another one.
 *
 * @param installation what is installed where
 * @param userHome under which a demo lives unless told otherwise
 */
record Surroundings(PrintStream out, PrintStream err, InstantSource clock, Installation installation, String userHome) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    /** As the shell script describes it by system properties. */
    static Surroundings ofProcess() {
        Path root = Path.of(System.getProperty("twinspan.root", "."))
                .toAbsolutePath()
                .normalize();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String version = Optional.ofNullable(Twinspan.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
        String command = System.getProperty("twinspan.command", "ops/bin/twinspan");
        return new Surroundings(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                InstantSource.system(),
                new Installation(root, java, version, command),
                System.getProperty("user.home"));
    }

    /** Whatever the locale says: a terminal of today reads UTF-8, and a log read later should not depend on who wrote it. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The same, heard elsewhere. */
    Surroundings saying(PrintStream nowOut, PrintStream nowErr) {
        return new Surroundings(nowOut, nowErr, clock, installation, userHome);
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** The time of day, to the millisecond. */
    String time() {
        return TIME.format(LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
    }
}
