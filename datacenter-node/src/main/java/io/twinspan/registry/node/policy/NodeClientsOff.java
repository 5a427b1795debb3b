package io.twinspan.registry.node.policy;

import io.twinspan.registry.node.disk.RememberedFile;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.runtime.EventLoop;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients that are off, as this node knows them; the newest list is kept on its disk, as {@link NodePolicies} keeps its own. */
public final class NodeClientsOff {
    private static final Logger LOG = LoggerFactory.getLogger(NodeClientsOff.class);

    private final RememberedFile<ClientsOff> file;
    private final EventLoop loop;
    private final List<Consumer<ClientsOff>> listeners = new CopyOnWriteArrayList<>();
    private volatile ClientsOff current;

    /**
     * Begins with what the disk holds.
     *
     * @param file is made at the first change; its folder must exist by then
     * @param loop on which lists are compared and written, so that a slow disk holds up nobody else
     */
    public NodeClientsOff(Path file, EventLoop loop) {
        this.file = RememberedFile.ofText(
                file, "the list of clients that are off", ClientsOffJson::write, ClientsOffJson::read);
        this.loop = loop;
        this.current = this.file.load().orElse(ClientsOff.NONE);
    }

    /** The newest list known; any thread. {@link ClientsOff#NONE} until a meta or the disk has named one. */
    public ClientsOff current() {
        return current;
    }

    /** Adds a listener, called with each newer list on this node's loop; it must hand over to its own. */
    public void onChange(Consumer<ClientsOff> listener) {
        listeners.add(listener);
    }

    /** A list that meta has named. It comes into force if it is newer; any thread. */
    public void offer(ClientsOff list) {
        loop.execute(() -> {
            if (list.version() <= current.version()) {
                return;
            }
            LOG.info(
                    "clients off changed from={} to={} clients={}",
                    current.version(),
                    list.version(),
                    list.clients().size());
            current = list;
            listeners.forEach(listener -> listener.accept(list));
            file.save(list);
        });
    }
}
