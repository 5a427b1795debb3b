package io.twinspan.registry.node.session;

import io.twinspan.registry.node.session.push.ConfigPusher;
import io.twinspan.registry.node.session.push.Pusher;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the session's numbers into {@code registry-console.log} every minute, where operators look for them. */
final class ConsoleFigures {
    static final Duration EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleFigures.class);

    private final ClientSessions sessions;
    private final PublisherTable publishers;
    private final PublisherDesk desk;
    private final Pusher pusher;
    private final ConfigPusher configs;

    ConsoleFigures(
            ClientSessions sessions,
            PublisherTable publishers,
            PublisherDesk desk,
            Pusher pusher,
            ConfigPusher configs) {
        this.sessions = sessions;
        this.publishers = publishers;
        this.desk = desk;
        this.pusher = pusher;
        this.configs = configs;
    }

    void write() {
        LOG.info(
                "publishers={} subscribers={} watchers={} connections={} kept={}",
                publishers.count(),
                pusher.count(),
                configs.count(),
                sessions.count(),
                desk.kept());
    }
}
