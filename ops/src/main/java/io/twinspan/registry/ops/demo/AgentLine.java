package io.twinspan.registry.ops.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an agent is started: as small as a Java process gets, because one runs on every application's host. {@code ops/bin/twinspan agent}
 * does the same without this process in between.
 */
public final class AgentLine {
    /** Of the Java that runs an agent. */
    public static final List<String> FLAGS = List.of(
            "-Xms8m",
            "-Xmx48m",
            "-Xss256k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxMetaspaceSize=40m",
            "-XX:ReservedCodeCacheSize=16m",
            "-XX:MaxDirectMemorySize=16m",
            "-XX:+ExitOnOutOfMemoryError");

    private static final String MAIN = "io.twinspan.registry.acvip.agent.AgentProcess";

    private static final String OWN = "acvip-resolver-";
    private static final String NETTY =
            "netty-(buffer|codec-base|codec-dns|common|handler|resolver|transport|transport-native-unix-common)-[0-9][^-]*\\.jar";

    private AgentLine() {}

    /** The whole command line, or an empty one when something is not built. */
    public static List<String> command(Installation installation, List<String> arguments) {
        String path = classPath(installation.root().resolve("datacenter-node/target/lib"));
        if (path.isEmpty()) {
            return List.of();
        }
        List<String> command = new ArrayList<>(List.of(installation.java().toString()));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", path, MAIN));
        command.addAll(arguments);
        return command;
    }

    /** Only what an agent needs: each jar that is on the path is opened. */
    private static String classPath(Path libraries) {
        try (Stream<Path> jars = Files.list(libraries)) {
            List<Path> all = jars.sorted().toList();
            Optional<String> version = all.stream()
                    .map(jar -> jar.getFileName().toString())
                    .filter(name -> name.startsWith(OWN))
                    .map(name -> name.substring(OWN.length()))
                    .findFirst();
            return version.isEmpty()
                    ? ""
                    : all.stream()
                            .filter(jar -> isNeeded(jar.getFileName().toString(), version.get()))
                            .map(Path::toString)
                            .collect(Collectors.joining(File.pathSeparator));
        } catch (NoSuchFileException notBuilt) {
            return "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A library of the classic registry has the name of our core, and another version. */
    private static boolean isNeeded(String jar, String version) {
        return jar.equals(OWN + version) || jar.equals("registry-core-" + version) || jar.matches(NETTY);
    }
}
