package io.twinspan.registry.node.meta.raft;

import io.twinspan.registry.datacenter.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where a member of the meta group listens and stores, and how patient it is.
 *
 * @param self advertised raft address; identifies this member in the group
 * @param bind address to listen on
 * @param group advertised raft addresses of all members; counts only until the disk knows better
 * @param folder of log, votes and snapshots; made when missing
 * @param electionTimeout how long a follower hears nothing of the leader before it wants to be elected
 * @param snapshotEvery time between snapshots
 */
public record RaftSettings(
        Endpoint self,
        Endpoint bind,
        List<Endpoint> group,
        Path folder,
        Duration electionTimeout,
        Duration snapshotEvery) {
    private static final Duration SHORTEST_ELECTION = Duration.ofMillis(100);
    private static final Duration SHORTEST_SNAPSHOT = Duration.ofSeconds(1);

    /** Refuses an empty group, a member named twice, and times that could not work. */
    public RaftSettings {
        group = List.copyOf(group);
        if (group.isEmpty()) {
            throw new IllegalArgumentException("meta.raft.group is empty, it must name at least " + self);
        }
        if (group.stream().distinct().count() != group.size()) {
            throw new IllegalArgumentException("meta.raft.group names a member twice: " + group);
        }
        if (electionTimeout.compareTo(SHORTEST_ELECTION) < 0) {
            throw new IllegalArgumentException(
                    "meta.raft.election-timeout is " + electionTimeout + ", it must be at least " + SHORTEST_ELECTION);
        }
        if (snapshotEvery.compareTo(SHORTEST_SNAPSHOT) < 0) {
            throw new IllegalArgumentException(
                    "meta.raft.snapshot-every is " + snapshotEvery + ", it must be at least " + SHORTEST_SNAPSHOT);
        }
    }

    /** Elections after 500 ms of silence, a snapshot every 10 minutes. */
    public static RaftSettings standard(Endpoint self, Endpoint bind, List<Endpoint> group, Path folder) {
        return new RaftSettings(self, bind, group, folder, Duration.ofMillis(500), Duration.ofMinutes(10));
    }
}
