package io.twinspan.registry.node.membership;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.node.disk.RememberedFile;
import io.twinspan.registry.node.wire.MessageCodec;
import java.nio.file.Path;
import java.util.Optional;

/** The members and the slot table in a file of the node's home, as meta answers them. */
public final class ClusterDisk implements ClusterStore {
    private final RememberedFile<ClusterState> file;

    /** @param file is made when the first is known; its folder must exist by then */
    public ClusterDisk(Path file) {
        this.file = new RememberedFile<>(
                file, "the cluster", value -> MessageCodec.encodeAnswer(new Stamp(0), value), ClusterDisk::read);
    }

    /** What is on disk; empty when there is none that can be read. */
    @Override
    public Optional<ClusterState> load() {
        return file.load();
    }

    @Override
    public void save(ClusterState value) {
        file.save(value);
    }

    private static ClusterState read(byte[] bytes) {
        if (MessageCodec.decodeAnswer(bytes).answer() instanceof ClusterState state) {
            return state;
        }
        throw new IllegalArgumentException("this is no state of a cluster");
    }
}
