package io.twinspan.registry.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.sift.AbstractDiscriminator;
import java.util.List;
import java.util.Map;

/**
 * The log file an event belongs to, by the package of its logger and, where roles share one, by the thread of the role: the files
 * and their names are what operators' alert rules and scripts look for.
 */
public final class LogFile extends AbstractDiscriminator<ILoggingEvent> {
    private static final String ROOT = "io.twinspan.registry.";
    private static final String MEMBERSHIP = ROOT + "node.membership";

    /** Logger prefixes, the most particular first, and the file below {@code registry/}. */
    private static final List<Map.Entry<String, String>> FILES = List.of(
            Map.entry(ROOT + "node.session.push.PushFailureLog", "session/common-push-error"),
            Map.entry(ROOT + "node.session.push", "session/registry-push"),
            Map.entry(ROOT + "node.session.ConsoleFigures", "session/registry-console"),
            Map.entry(ROOT + "node.session", "session/registry-session"),
            // Its line about a closed switch has always stood among those of the sessions, which obey it.
            Map.entry(ROOT + "node.pushswitch", "session/registry-session"),
            Map.entry(ROOT + "node.data.Quarantine", "data/registry-datum-lease"),
            Map.entry(ROOT + "node.data", "data/registry-data"),
            Map.entry(ROOT + "sync", "data/registry-sync"),
            Map.entry(ROOT + "node.meta.raft", "meta/registry-raft"),
            Map.entry("com.alipay.sofa.jraft", "meta/registry-raft"),
            Map.entry(ROOT + "node.meta", "meta/registry-meta"),
            Map.entry(MEMBERSHIP, "session/registry-exchange"),
            Map.entry(ROOT + "node.bolt.BoltProcess", "meta/registry-connect"),
            Map.entry(ROOT + "node.bolt", "session/registry-connect"));

    @Override
    public String getDiscriminatingValue(ILoggingEvent event) {
        return fileOf(event.getLoggerName(), event.getThreadName());
    }

    @Override
    public String getKey() {
        return "file";
    }

    static String fileOf(String logger, String thread) {
        if (logger.startsWith(MEMBERSHIP) && thread.startsWith("data-")) {
            return "data/registry-renew";
        }
        for (Map.Entry<String, String> file : FILES) {
            if (logger.startsWith(file.getKey())) {
                return file.getValue();
            }
        }
        return "common-default";
    }
}
