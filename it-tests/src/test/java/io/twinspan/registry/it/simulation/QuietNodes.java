package io.twinspan.registry.it.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.twinspan.registry.simulation.Seed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** A thousand restarts have a lot to say; only a single seed, replayed to be understood, is let speak. */
final class QuietNodes implements BeforeAllCallback, AfterAllCallback {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.twinspan");

    private static @Nullable Level before;
    private static int running;

    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (LOGGER) {
            if (running++ == 0) {
                before = LOGGER.getLevel();
                LOGGER.setLevel(Long.getLong(Seed.PROPERTY) == null ? Level.OFF : Level.INFO);
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        synchronized (LOGGER) {
            if (--running == 0) {
                LOGGER.setLevel(before);
            }
        }
    }
}
