package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MetaFiguresTest {
    @Test
    void oneLineTellsTheGroupAndWhoBelongsToTheDatacenter() {
        MetaFixture meta = new MetaFixture();
        meta.renew(MetaFixture.session("s1"));
        meta.renew(MetaFixture.session("s2"));
        meta.renew(MetaFixture.data("d1"));
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(MetaFigures.class);
        logger.addAppender(lines);
        try {
            new MetaFigures(meta.role).write();
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .matches(
                        "raftStatus=Leader leader=\\S+ metas=1 data=1 sessions=2 renewals=3 leaderChanges=0 epoch=[1-9]\\d*");
    }
}
