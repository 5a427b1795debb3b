package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.Holdings;
import io.twinspan.registry.sync.PeerStatus;
import java.util.List;
import java.util.Map;

/**
 * How a data node is, for operators.
 *
 * @param isWorking a table is known and every slot it gives to this node takes registrations
 * @param assigned slots that the table gives to this node
 * @param settled slots led here whose content is the truth
 * @param own publishers and datums of this datacenter in slots led here
 * @param foreign what is held of each peer
 * @param stale how much of that no word of the peer has confirmed for long
 * @param outdated registrations that subscribers here would be shown of each peer that is to have no clients, although they are over
 */
public record DataReport(
        boolean isWorking,
        int assigned,
        int led,
        int settled,
        Count own,
        Map<DatacenterId, Count> foreign,
        Map<DatacenterId, Integer> stale,
        Map<DatacenterId, Integer> outdated,
        SnapshotStore.Status store) {
    /** Numbers of one datacenter; {@code datums} counts those with publishers. */
    public record Count(int publishers, int datums) {
        static final Count NONE = new Count(0, 0);

        Count plus(int more) {
            return new Count(publishers + more, datums + (more > 0 ? 1 : 0));
        }

        Count plus(Count others) {
            return new Count(publishers + others.publishers, datums + others.datums);
        }
    }

    /** Copies the counts. */
    public DataReport {
        foreign = Map.copyOf(foreign);
        stale = Map.copyOf(stale);
        outdated = Map.copyOf(outdated);
    }

    /**
     * The same for meta, with how the sync with each peer fares.
     *
     * @param byVersionOnly services of each peer whose newest addresses are not here
     */
    public Holdings holdings(List<PeerStatus> peers, Map<DatacenterId, List<String>> byVersionOnly) {
        return new Holdings(
                own.publishers(),
                own.datums(),
                isWorking && settled == led,
                peers.stream()
                        .map(peer -> holdings(peer, byVersionOnly.getOrDefault(peer.peer(), List.of())))
                        .toList());
    }

    private Holdings.OfPeer holdings(PeerStatus status, List<String> byVersionOnly) {
        Double lag = status.lagSeconds();
        return new Holdings.OfPeer(
                status.peer(),
                status.state().name(),
                status.facts().services(),
                foreign.getOrDefault(status.peer(), Count.NONE).datums(),
                stale.getOrDefault(status.peer(), 0),
                lag == null ? -1 : lag,
                outdated.getOrDefault(status.peer(), 0),
                byVersionOnly);
    }
}
