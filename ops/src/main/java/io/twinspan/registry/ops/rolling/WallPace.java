package io.twinspan.registry.ops.rolling;

import java.time.Duration;

/** The time of this machine. */
final class WallPace implements RollingPorts.Pace {
    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void pause(Duration time) {
        try {
            // A node that gets well again wakes nobody here: it has to be looked at.
            Thread.sleep(time.toMillis());
        } catch (InterruptedException interrupted) {
            // Whoever waits looks at its bound; without a pause it comes to that end at once.
            Thread.currentThread().interrupt();
        }
    }
}
