package io.twinspan.registry.node;

import org.springframework.context.SmartLifecycle;

/** Starts the roles before HTTP opens and stops them after it has closed. */
final class NodeLifecycle implements SmartLifecycle {
    private final Node node;
    private volatile boolean isRunning;

    NodeLifecycle(Node node) {
        this.node = node;
    }

    @Override
    public void start() {
        try {
            node.start();
        } catch (IllegalArgumentException | IllegalStateException refused) {
            throw new NodeRefusedException(refused);
        }
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
        node.close();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
