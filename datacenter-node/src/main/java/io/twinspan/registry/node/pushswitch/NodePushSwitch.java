package io.twinspan.registry.node.pushswitch;

import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.runtime.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The push switch as this node knows it, shared by its roles. Unknown until a meta or the disk has named one. */
public final class NodePushSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(NodePushSwitch.class);

    private final PushSwitchStore disk;
    private final EventLoop loop;
    private final List<Consumer<PushSwitch>> listeners = new CopyOnWriteArrayList<>();
    private volatile PushSwitch current;
    private volatile boolean isKnown;

    /**
     * Begins with what the disk holds.
     *
     * @param loop on which switches are compared and written, so that a slow disk holds up nobody else
     */
    public NodePushSwitch(PushSwitchStore disk, EventLoop loop) {
        this.disk = disk;
        this.loop = loop;
        Optional<PushSwitch> kept = disk.load();
        this.current = kept.orElse(PushSwitch.OPEN);
        this.isKnown = kept.isPresent();
        kept.filter(held -> !held.tokens().isEmpty())
                .ifPresent(held -> LOG.info(
                        "push switch remembered version={} closings={}",
                        held.version(),
                        held.tokens().size()));
    }

    /** The newest that is known; open while none is. Any thread. */
    public PushSwitch current() {
        return current;
    }

    /** False while neither the disk nor a meta has said anything. Any thread. */
    public boolean isKnown() {
        return isKnown;
    }

    /** Adds a listener, called with each newer switch, and once when the first is known, on a thread of this object. */
    public void onChange(Consumer<PushSwitch> listener) {
        listeners.add(listener);
    }

    /** A switch that meta has named. It is taken if it is newer; any thread. */
    public void offer(PushSwitch offered) {
        loop.execute(() -> {
            boolean isNewer = offered.version() > current.version();
            if (!isNewer && isKnown) {
                return;
            }
            isKnown = true;
            if (isNewer) {
                LOG.info(
                        "Fetch session stop push data switch: push switch changed from={} to={} closings={}",
                        current.version(),
                        offered.version(),
                        offered.tokens().size());
                current = offered;
            }
            PushSwitch told = current;
            listeners.forEach(listener -> listener.accept(told));
            disk.save(told);
        });
    }
}
