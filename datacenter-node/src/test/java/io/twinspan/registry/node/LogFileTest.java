package io.twinspan.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import io.twinspan.registry.datacenter.NodeRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The files that operators read, by role. */
class LogFileTest {
    @ParameterizedTest
    @CsvSource({
        "node.session.push.PushFailureLog, session, session/common-push-error",
        "node.session.ConsoleFigures, session, session/registry-console",
        "node.session.push.Pusher, session, session/registry-push",
        "node.session.SessionRole, session, session/registry-session",
        "node.pushswitch.NodePushSwitch, push-switch, session/registry-session",
        "node.membership.MetaLink, session-meta-link, session/registry-exchange",
        "node.bolt.BoltClientEdge, io, session/registry-connect",
        "node.data.QuarantineDesk, data, data/registry-datum-lease",
        "node.data.ExpiryLog, data, data/registry-datum-lease",
        "node.data.DigestFigures, data, data/cache-digest",
        "node.data.SyncPublishersHandler, data, data/registry-renew",
        "node.data.DataRole, data, data/registry-data",
        "node.membership.MetaLink, data-meta-link, data/registry-renew",
        "node.meta.MetaRole, meta, meta/registry-meta",
        "node.meta.MetaFigures, meta, meta/registry-metrics",
        "node.bolt.BoltProcess, io, meta/registry-connect",
        "node.bolt.BoltPeerServer, io, data/registry-connect",
        "node.Foundation, session-meta-link, session/common-default",
        "node.Foundation, links, data/common-default",
    })
    void eachPackageWritesTheFileOperatorsKnow(String logger, String thread, String file) {
        assertThat(LogFile.fileOf("io.twinspan.registry." + logger, thread, "data"))
                .isEqualTo(file);
        assertThat(LogFile.fileOf("org.apache.kafka.X", "kafka", "meta")).isEqualTo("meta/common-default");
    }

    @ParameterizedTest
    @EnumSource(NodeRole.class)
    void connectionsOfARoleAreInItsOwnFile(NodeRole role) {
        String folder = role.name().toLowerCase(Locale.ROOT);
        assertThat(LogFile.fileOf(ConnectionLog.name(role), "io", "none")).isEqualTo(folder + "/registry-connect");
    }

    @Test
    void errorsAreInOneFileOfTheRoleThatHasThem() {
        LogFile errors = new LogFile();
        errors.setFirst("meta");
        errors.setKey("role");
        assertThat(errors.getDiscriminatingValue(event("io.twinspan.registry.node.data.LedSlots", "data")))
                .isEqualTo("data");
        assertThat(errors.getDiscriminatingValue(event("io.twinspan.registry.node.Foundation", "session")))
                .isEqualTo("session");
        assertThat(errors.getDiscriminatingValue(event("org.apache.kafka.X", "kafka")))
                .isEqualTo("meta");
    }

    @ParameterizedTest
    @CsvSource({
        "session, registry-session registry-exchange registry-console registry-connect registry-push common-push-error",
        "data, registry-data registry-connect registry-renew registry-datum-lease cache-digest",
        "meta, registry-meta registry-raft registry-connect registry-metrics",
    })
    void everyFileThatOperatorsReadIsThereFromTheStart(String role, String files, @TempDir Path logs) throws Exception {
        Path kept =
                Files.createDirectories(logs.resolve("registry").resolve(role)).resolve("common-error.log");
        Files.writeString(kept, "of an earlier life");

        LogFolder.prepare(logs, List.of(role));

        assertThat(List.of((files + " common-error common-default gc").split(" ")))
                .allSatisfy(name ->
                        assertThat(kept.resolveSibling(name + ".log")).as(name).exists());
        assertThat(kept).hasContent("of an earlier life");
    }

    @Test
    void theCollectorWritesItsOwnFile(@TempDir Path logs) throws Exception {
        LogFolder.prepare(logs, List.of("DATA"));
        System.gc();
        assertThat(Files.readString(logs.resolve("registry/data/gc.log"))).contains("Pause");
    }

    private static LoggingEvent event(String logger, String thread) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName(logger);
        event.setThreadName(thread);
        return event;
    }
}
