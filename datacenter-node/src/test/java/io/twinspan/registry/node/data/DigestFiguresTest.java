package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.DataNodeOnBench.S1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DigestFiguresTest {
    @Test
    void oneLineTellsTheTotals() {
        DataNodeOnBench node = DataNodeOnBench.settled();
        node.register(S1, 1, "a:1");
        node.register(S1, 2, "a:2");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(DigestFigures.class);
        logger.addAppender(lines);
        try {
            new DigestFigures(node.role).write();
            node.run();
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("datums=1 publishers=2 slotsLed=256 slotsSettled=256 slotsAssigned=256");
    }
}
