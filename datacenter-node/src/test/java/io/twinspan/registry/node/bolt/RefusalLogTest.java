package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private final AtomicLong nanos = new AtomicLong();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final RefusalLog log = new RefusalLog(logger(lines), nanos::get);

    private static Logger logger(ListAppender<ILoggingEvent> lines) {
        lines.start();
        Logger logger = new LoggerContext().getLogger("refusals");
        logger.addAppender(lines);
        return logger;
    }

    @Test
    void aRefusalIsOneLineThatSaysWhereWhoAndWhy() {
        log.refused("the port for clients", "10.0.0.1:5", "class java.io.File is not listed");
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo("refused on the port for clients from 10.0.0.1:5: class java.io.File is not listed");
    }

    @Test
    void manyRefusalsAreAFewLinesAndTheirNumber() {
        for (int i = 0; i < 1_000; i++) {
            log.refused("p", "r", "w");
        }
        assertThat(lines.list).hasSize(RefusalLog.LINES);
        nanos.addAndGet(RefusalLog.PERIOD.toNanos());
        log.refused("p", "r", "w");
        assertThat(lines.list).hasSize(RefusalLog.LINES + 2);
        assertThat(lines.list.get(RefusalLog.LINES).getFormattedMessage())
                .isEqualTo("refused 980 more connections without a line each");
    }
}
