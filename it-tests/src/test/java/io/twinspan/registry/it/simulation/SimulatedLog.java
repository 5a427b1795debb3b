package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.node.meta.CommandLog;
import io.twinspan.registry.node.meta.GroupStatus;
import io.twinspan.registry.node.meta.Replica;
import io.twinspan.registry.runtime.PeerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The log of a meta group of one, on a disk that outlives the process: what was answered is there after a crash. */
final class SimulatedLog implements CommandLog {
    private static final Endpoint SELF = new Endpoint("meta", 9614);

    private final List<byte[]> disk;
    private @Nullable Replica replica;

    /** @param disk of the earlier life */
    SimulatedLog(List<byte[]> disk) {
        this.disk = disk;
    }

    @Override
    public void start(Replica driven) {
        replica = driven;
        List.copyOf(disk).forEach(driven::apply);
        driven.onLeadership(true);
    }

    @Override
    public CompletionStage<String> propose(byte[] command) {
        if (replica == null) {
            return CompletableFuture.failedFuture(new PeerException("the log is not running"));
        }
        disk.add(command.clone());
        return CompletableFuture.completedFuture(replica.apply(command));
    }

    @Override
    public GroupStatus status() {
        return new GroupStatus(SELF, replica == null ? Optional.empty() : Optional.of(SELF), List.of(SELF));
    }

    @Override
    public CompletionStage<Void> changeGroup(List<Endpoint> members) {
        return CompletableFuture.failedFuture(new PeerException("the simulated group is always one of one"));
    }

    @Override
    public CompletionStage<Void> snapshot() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        replica = null;
    }

    /** A disk with nothing on it. */
    static List<byte[]> emptyDisk() {
        return new ArrayList<>();
    }
}
