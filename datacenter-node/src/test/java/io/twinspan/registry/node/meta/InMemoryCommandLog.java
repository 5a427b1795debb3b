package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.runtime.PeerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A group of one in memory. It is leader as soon as it starts, unless told to wait; {@link #lead} changes leadership by hand. A log
 * made with the {@link Disk} of an earlier one restarts from it. Not thread-safe.
 */
public final class InMemoryCommandLog implements CommandLog {
    /** What survives a restart. */
    public static final class Disk {
        private byte @Nullable [] snapshot;
        private final List<byte[]> commands = new ArrayList<>();
    }

    private static final Endpoint SELF = new Endpoint("127.0.0.1", 9614);

    private final Disk disk;
    private final boolean leadsAtStart;
    private @Nullable Replica replica;
    private boolean isLeader;
    private @Nullable Endpoint leader;
    private List<Endpoint> members = List.of(SELF);

    /** A leader on a disk of its own. */
    public InMemoryCommandLog() {
        this(new Disk(), true);
    }

    /** A member that restarts from a disk. */
    public InMemoryCommandLog(Disk disk, boolean leadsAtStart) {
        this.disk = disk;
        this.leadsAtStart = leadsAtStart;
    }

    @Override
    public void start(Replica driven) {
        replica = driven;
        if (disk.snapshot != null) {
            driven.load(disk.snapshot);
        }
        disk.commands.forEach(driven::apply);
        if (leadsAtStart) {
            lead(true);
        }
    }

    /** Makes this member leader or deposes it. */
    public void lead(boolean leads) {
        isLeader = leads;
        if (replica != null) {
            replica.onLeadership(leads);
        }
    }

    @Override
    public CompletionStage<String> propose(byte[] command) {
        if (replica == null || !isLeader) {
            return CompletableFuture.failedFuture(
                    new PeerException("this meta does not lead, the leader is not elected"));
        }
        disk.commands.add(command.clone());
        return CompletableFuture.completedFuture(replica.apply(command));
    }

    /** Lets another member lead, or nobody. */
    public void follow(@Nullable Endpoint other) {
        lead(false);
        leader = other;
    }

    @Override
    public CompletionStage<Void> changeGroup(List<Endpoint> wanted) {
        if (!isLeader) {
            return CompletableFuture.failedFuture(
                    new PeerException("this meta does not lead, the leader is not elected"));
        }
        members = List.copyOf(wanted);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public GroupStatus status() {
        return new GroupStatus(SELF, Optional.ofNullable(isLeader ? SELF : leader), members);
    }

    @Override
    public CompletionStage<Void> snapshot() {
        if (replica == null) {
            return CompletableFuture.failedFuture(new PeerException("the meta group's log is not running"));
        }
        disk.snapshot = replica.save();
        disk.commands.clear();
        return CompletableFuture.completedFuture(null);
    }

    /** Number of commands since the last snapshot. */
    public int length() {
        return disk.commands.size();
    }

    @Override
    public void close() {
        isLeader = false;
        replica = null;
    }
}
