package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How one slot is, told to meta by the data node that leads it.
 *
 * @param epoch under which it leads
 * @param isSettled false while the slot is cold or warming
 * @param followers those it replicates to
 */
public record SlotReport(SlotId slot, LeaderEpoch epoch, boolean isSettled, List<Follower> followers) {
    /**
     * One follower.
     *
     * @param isCurrent true when it has everything the leader had at its last answer, and answers
     * @param lag changes that it has not confirmed yet
     */
    public record Follower(NodeId node, boolean isCurrent, long lag) {
        private boolean isSameButForLag(Follower other) {
            return node.equals(other.node) && isCurrent == other.isCurrent;
        }
    }

    /** Copies the followers. */
    public SlotReport {
        followers = List.copyOf(followers);
    }

    /** True when both say the same, but for how far followers that are not current lag behind. */
    public boolean isSameButForLags(SlotReport other) {
        return slot.equals(other.slot)
                && epoch.equals(other.epoch)
                && isSettled == other.isSettled
                && followers.size() == other.followers.size()
                && IntStream.range(0, followers.size())
                        .allMatch(i -> followers.get(i).isSameButForLag(other.followers.get(i)));
    }
}
