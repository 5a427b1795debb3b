package io.twinspan.registry.node.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.runtime.EventLoop;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node knows of duty, shared by its roles. It never gets a lower epoch, whatever a meta says. */
public final class NodeFederation {
    private static final Logger LOG = LoggerFactory.getLogger(NodeFederation.class);

    private final FederationStore disk;
    private final EventLoop loop;
    private final List<Consumer<FederationView>> listeners = new CopyOnWriteArrayList<>();
    private volatile FederationView current;

    /**
     * Begins with what the disk holds; until a meta has spoken, every peer counts as unconfirmed.
     *
     * @param peers the configured peers of the own datacenter
     * @param loop on which views are compared and written, so that a slow disk holds up nobody else
     */
    public NodeFederation(DatacenterId own, Set<DatacenterId> peers, FederationStore disk, EventLoop loop) {
        this.disk = disk;
        this.loop = loop;
        this.current = new FederationView(own, disk.load().orElse(FederationState.NONE), peers.isEmpty(), peers);
    }

    /** What is known now. Any thread. */
    public FederationView current() {
        return current;
    }

    /** Adds a listener, called with each other view on the loop of this object. */
    public void onChange(Consumer<FederationView> listener) {
        listeners.add(listener);
    }

    /** What a meta knows. Any thread. */
    public void offer(FederationView heard) {
        loop.execute(() -> {
            FederationView before = current;
            FederationView after = before.merge(heard);
            if (after.equals(before)) {
                return;
            }
            if (!after.state().equals(before.state())) {
                LOG.info("duty changed: {}", after.line());
                disk.save(after.state());
            }
            current = after;
            listeners.forEach(listener -> listener.accept(after));
        });
    }
}
