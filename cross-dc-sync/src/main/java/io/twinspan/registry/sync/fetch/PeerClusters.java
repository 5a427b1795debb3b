package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who leads what in one peer datacenter, as its meta nodes tell. What was told is kept until somebody doubts it; then one
 * question is under way at a time, to one meta node after the other, and never sooner after the last than the pacing allows.
 * Not thread-safe; it belongs to one event loop.
 */
public final class PeerClusters {
    private final List<Endpoint> metas;
    private final PeerClient peers;
    private final EventLoop loop;
    private final FetchPacing pacing;
    private ClusterState state;
    private Runnable onRefreshed = () -> {};
    private int nextMeta;
    private int failures;
    private boolean isAsking;
    private boolean isAskedAgain;
    private boolean isClosed;
    private @Nullable Long lastAskedNanos;

    /** @param metas where the peer's meta nodes take control traffic; not empty */
    public PeerClusters(DatacenterId peer, List<Endpoint> metas, PeerClient peers, EventLoop loop, FetchPacing pacing) {
        this.metas = List.copyOf(metas);
        this.peers = peers;
        this.loop = loop;
        this.pacing = pacing;
        this.state = ClusterState.unknown(peer);
    }

    /** Names who is told each time the peer's meta has answered. */
    void onRefreshed(Runnable listener) {
        onRefreshed = listener;
    }

    /** Address for data nodes of the node that leads the datum's slot; empty while that is not known. */
    Optional<Endpoint> leaderOf(DataInfoId id) {
        return leaderOf(SlotId.of(id));
    }

    /** Address for data nodes of the node that leads a slot; empty while that is not known. */
    public Optional<Endpoint> leaderOf(SlotId slot) {
        return state.table()
                .find(slot)
                .flatMap(each -> state.find(each.leader(), NodeRole.DATA))
                .flatMap(member -> Optional.ofNullable(member.endpoints().get(NodePort.DATA_FOR_DATA)));
    }

    /** The nodes that lead, each with its slots; empty while that is not known. */
    public Map<Endpoint, Set<SlotId>> leaders() {
        Map<Endpoint, Set<SlotId>> leaders = new HashMap<>();
        for (Slot slot : state.table().slots()) {
            leaderOf(slot.id())
                    .ifPresent(leader -> leaders.computeIfAbsent(leader, none -> new HashSet<>())
                            .add(slot.id()));
        }
        return leaders;
    }

    /** False until the peer's meta has told once which nodes lead. */
    boolean isKnown() {
        return !state.table().slots().isEmpty();
    }

    /** Asks the peer's meta again, unless that is being done; what is known stays in use meanwhile. */
    public void refresh() {
        if (isAsking) {
            isAskedAgain = true;
            return;
        }
        isAsking = true;
        long now = loop.nanos();
        long wait =
                lastAskedNanos == null ? 0 : lastAskedNanos + pacing.retryMin().toNanos() - now;
        if (wait > 0) {
            loop.schedule(Duration.ofNanos(wait), this::ask);
        } else {
            ask();
        }
    }

    void close() {
        isClosed = true;
    }

    private void ask() {
        if (isClosed) {
            return;
        }
        lastAskedNanos = loop.nanos();
        isAskedAgain = false;
        peers.call(metas.get(nextMeta), new FetchCluster(), pacing.timeout())
                .whenComplete((answer, failure) -> loop.execute(() -> onAnswer(answer)));
    }

    private void onAnswer(@Nullable ClusterState answer) {
        if (isClosed) {
            return;
        }
        if (answer == null || !answer.datacenter().equals(state.datacenter()) || isEmpty(answer)) {
            failures++;
            nextMeta = (nextMeta + 1) % metas.size();
            loop.schedule(pacing.retryDelay(failures), this::ask);
            return;
        }
        failures = 0;
        isAsking = false;
        if (!isOlder(answer)) {
            state = answer;
        }
        onRefreshed.run();
        if (isAskedAgain) {
            refresh();
        }
    }

    private static boolean isEmpty(ClusterState answer) {
        return answer.table().slots().isEmpty();
    }

    /** A meta node that lags behind the others must not take us back. */
    private boolean isOlder(ClusterState answer) {
        int byTable = answer.table().epoch().compareTo(state.table().epoch());
        return byTable < 0 || (byTable == 0 && answer.membersRevision() < state.membersRevision());
    }
}
