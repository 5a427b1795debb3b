package io.twinspan.registry.node.move;

import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.node.disk.RememberedFile;
import java.nio.file.Path;
import java.util.Optional;

/** The last order in a file of the node's home: a session that is started anew must not hide at once what has gone over. */
public final class MoveDisk implements MoveStore {
    private final RememberedFile<MoveOrder> file;

    /** @param file is made when the first order is known; its folder must exist by then */
    public MoveDisk(Path file) {
        this.file = RememberedFile.ofText(file, "the move", MoveJson::write, MoveJson::read);
    }

    /** What is on disk; empty when there is none that can be read: then meta is asked. */
    @Override
    public Optional<MoveOrder> load() {
        return file.load();
    }

    @Override
    public void save(MoveOrder order) {
        file.save(order);
    }
}
