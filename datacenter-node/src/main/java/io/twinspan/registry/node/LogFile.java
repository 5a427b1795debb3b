package io.twinspan.registry.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.sift.AbstractDiscriminator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The log file an event belongs to, by the package of its logger and, where roles share one, by the thread of the role: the files
 * and their names are what operators' alert rules and scripts look for. What belongs to no role is written with the first of the
 * process, which in a process of one role is that role.
 */
public final class LogFile extends AbstractDiscriminator<ILoggingEvent> {
    private static final String ROOT = "io.twinspan.registry.";
    private static final String MEMBERSHIP = ROOT + "node.membership";
    private static final String FILE = "file";
    private static final String DEFAULT = "common-default";
    private static final String ERROR = "common-error";

    /** Logger prefixes, the most particular first, and the file below {@code registry/}. */
    private static final List<Map.Entry<String, String>> FILES = List.of(
            Map.entry(ROOT + "node.session.push.PushFailureLog", "session/common-push-error"),
            Map.entry(ROOT + "node.session.push", "session/registry-push"),
            Map.entry(ROOT + "node.session.ConsoleFigures", "session/registry-console"),
            Map.entry(ROOT + "node.session", "session/registry-session"),
            // Its line about a closed switch has always stood among those of the sessions, which obey it.
            Map.entry(ROOT + "node.pushswitch", "session/registry-session"),
            Map.entry(ROOT + "node.data.Quarantine", "data/registry-datum-lease"),
            Map.entry(ROOT + "node.data.ExpiryLog", "data/registry-datum-lease"),
            Map.entry(ROOT + "node.data.SyncPublishersHandler", "data/registry-renew"),
            Map.entry(ROOT + "node.data.DigestFigures", "data/cache-digest"),
            Map.entry(ROOT + "node.data", "data/registry-data"),
            Map.entry(ROOT + "sync", "data/registry-sync"),
            Map.entry(ROOT + "node.meta.raft", "meta/registry-raft"),
            Map.entry("com.alipay.sofa.jraft", "meta/registry-raft"),
            Map.entry(ROOT + "node.meta.MetaFigures", "meta/registry-metrics"),
            Map.entry(ROOT + "node.meta", "meta/registry-meta"),
            Map.entry(MEMBERSHIP, "session/registry-exchange"),
            Map.entry(ROOT + "node.ConnectionLog.session", "session/registry-connect"),
            Map.entry(ROOT + "node.ConnectionLog.data", "data/registry-connect"),
            Map.entry(ROOT + "node.ConnectionLog.meta", "meta/registry-connect"),
            Map.entry(ROOT + "node.bolt.BoltClientEdge", "session/registry-connect"),
            // The port of the raft group.
            Map.entry(ROOT + "node.bolt.BoltProcess", "meta/registry-connect"));

    private String first = "session";
    private String key = FILE;

    /** The first role of the process. */
    public void setFirst(String role) {
        first = role;
    }

    /** What is told apart: {@code file}, or {@code role} for one file of each role. */
    public void setKey(String name) {
        key = name;
    }

    @Override
    public String getDiscriminatingValue(ILoggingEvent event) {
        String file = fileOf(event.getLoggerName(), event.getThreadName(), first);
        return key.equals(FILE) ? file : file.substring(0, file.indexOf('/'));
    }

    @Override
    public String getKey() {
        return key;
    }

    /** The names of the files of a role, without their ending. */
    static List<String> filesOf(String role) {
        String folder = role + "/";
        return Stream.concat(
                        FILES.stream()
                                .map(Map.Entry::getValue)
                                .filter(file -> file.startsWith(folder))
                                .map(file -> file.substring(folder.length())),
                        Stream.of(ERROR, DEFAULT))
                .distinct()
                .toList();
    }

    /** @param first role of the process */
    static String fileOf(String logger, String thread, String first) {
        if (logger.startsWith(MEMBERSHIP) && thread.startsWith("data-")) {
            return "data/registry-renew";
        }
        for (Map.Entry<String, String> file : FILES) {
            if (logger.startsWith(file.getKey())) {
                return file.getValue();
            }
        }
        // The roles of a process share its connections.
        boolean isConnection = logger.startsWith(ROOT + "node.bolt") || logger.startsWith(ROOT + "node.ConnectionLog");
        return roleOf(thread, first) + "/" + (isConnection ? "registry-connect" : DEFAULT);
    }

    private static String roleOf(String thread, String first) {
        return Stream.of("session", "data", "meta")
                .filter(role -> thread.equals(role) || thread.startsWith(role + "-"))
                .findFirst()
                .orElse(first);
    }
}
