package io.twinspan.registry.sync.kafka;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether one topic can be used: each turn of it is told once, in the log and to a listener. Belongs to one thread. */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final String what;
    private final String bootstrap;
    private final Consumer<Boolean> listener;
    private boolean isUp;
    private boolean isTold;

    /** @param what is done there, for the log: {@code write} or {@code read} and the topic */
    Connection(String what, String bootstrap, Consumer<Boolean> listener) {
        this.what = what;
        this.bootstrap = bootstrap;
        this.listener = listener;
    }

    void up() {
        if (!isUp) {
            isUp = true;
            isTold = true;
            LOG.info("kafka can be used for={} bootstrap={}", what, bootstrap);
            listener.accept(true);
        }
    }

    void down(String cause) {
        if (isUp || !isTold) {
            isUp = false;
            isTold = true;
            LOG.warn("kafka cannot be used, trying on for={} bootstrap={} cause={}", what, bootstrap, cause);
            listener.accept(false);
        }
    }

    void set(boolean hasConnection) {
        if (hasConnection) {
            up();
        } else {
            down("no connection to any broker");
        }
    }
}
