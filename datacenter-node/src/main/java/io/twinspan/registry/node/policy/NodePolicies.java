package io.twinspan.registry.node.policy;

import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.policy.PolicyView;
import io.twinspan.registry.runtime.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies in force on this node, shared by its roles. */
public final class NodePolicies implements PolicyView {
    private static final Logger LOG = LoggerFactory.getLogger(NodePolicies.class);

    private final PolicyDisk disk;
    private final EventLoop loop;
    private final List<Consumer<PolicyTable>> listeners = new CopyOnWriteArrayList<>();
    private volatile PolicyTable current;

    /**
     * Begins with what the disk holds.
     *
     * @param loop on which tables are compared and written, so that a slow disk holds up nobody else
     */
    public NodePolicies(PolicyDisk disk, EventLoop loop) {
        this.disk = disk;
        this.loop = loop;
        this.current = disk.load();
    }

    @Override
    public PolicyTable current() {
        return current;
    }

    @Override
    public void onChange(Consumer<PolicyTable> listener) {
        listeners.add(listener);
    }

    /** A table that meta has named. It comes into force if it is newer; any thread. */
    public void offer(PolicyTable table) {
        loop.execute(() -> {
            if (table.version() <= current.version()) {
                return;
            }
            LOG.info(
                    "policies changed from={} to={} rules={}",
                    current.version(),
                    table.version(),
                    table.rules().size());
            current = table;
            listeners.forEach(listener -> listener.accept(table));
            disk.save(table);
        });
    }
}
