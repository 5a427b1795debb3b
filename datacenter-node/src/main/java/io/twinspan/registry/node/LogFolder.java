package io.twinspan.registry.node;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code <logs>/registry/<role>/} of each role of a process. All files of the role are there from the start, so that a
 * script that reads one always finds it; among them {@code gc.log}, which the JVM writes by itself from now on.
 */
final class LogFolder {
    private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);

    /** Files of the collector that are kept, and the size at which the next one is begun. */
    private static final String COLLECTOR_BOUNDS = "filecount=3,filesize=5m";

    private LogFolder() {}

    /** Makes what is not there yet. A disk that cannot be written to is told in the log, and stops nothing. */
    static void prepare(Path logs, List<String> roles) {
        for (String each : roles) {
            String role = each.toLowerCase(Locale.ROOT);
            Path folder = logs.resolve("registry").resolve(role).toAbsolutePath();
            try {
                Files.createDirectories(folder);
                for (String name : LogFile.filesOf(role)) {
                    touch(folder.resolve(name + ".log"));
                }
                writeCollections(folder.resolve("gc.log"));
            } catch (IOException failed) {
                LOG.warn("log files are not there from the start: folder={} why={}", folder, failed.toString());
            }
        }
    }

    /** The log may be creating it at the same time. */
    private static void touch(Path file) throws IOException {
        Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** What {@code jcmd PID VM.log} would do; so it needs no option at the start of the JVM. */
    private static void writeCollections(Path file) throws IOException {
        String[] words = {
            "output=\"file=" + file + "\"",
            "what=gc",
            "decorators=time,uptime",
            "output_options=\"" + COLLECTOR_BOUNDS + "\""
        };
        try {
            Object said = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmLog",
                            new Object[] {words},
                            new String[] {String[].class.getName()});
            if (said instanceof String refusal && !refusal.isBlank()) {
                throw new IOException(refusal.strip());
            }
        } catch (JMException missing) {
            throw new IOException(
                    "this JVM cannot be told to write gc.log, start it with -Xlog:gc:file=" + file, missing);
        }
    }
}
