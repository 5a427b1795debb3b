package io.twinspan.registry.node.membership;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest that a link has heard of its cluster, and whether a group with a quorum has vouched for it. */
final class KnownCluster {
    private volatile ClusterState current;
    private boolean isVouchedFor;
    private @Nullable ClusterStore disk;

    KnownCluster(DatacenterId datacenter) {
        this.current = ClusterState.unknown(datacenter);
    }

    /** Any thread. */
    ClusterState current() {
        return current;
    }

    /** False while nothing is known, or only what somebody remembers. */
    boolean isVouchedFor() {
        return isVouchedFor;
    }

    /** A group that grants names nothing newer. */
    void onVouchedFor() {
        isVouchedFor = current.membersRevision() > 0;
    }

    void keepOn(ClusterStore store) {
        disk = store;
    }

    /** What was vouched for in an earlier life; empty once anything is known in this one. */
    Optional<ClusterState> remembered() {
        ClusterStore store = disk;
        return store == null || current.membersRevision() > 0
                ? Optional.empty()
                : store.load().filter(state -> state.datacenter().equals(current.datacenter()));
    }

    /**
     * A table of another life of the meta group counts only when an operator has said that it takes the place of ours, or when ours
     * is what nobody has vouched for and that one is.
     */
    boolean isNewer(SlotTableEpoch table, long revision, boolean isGranted, boolean isMandated) {
        Incarnation held = current.table().epoch().incarnation();
        boolean isOtherLife = !held.equals(Incarnation.NONE) && !held.equals(table.incarnation());
        if (isOtherLife && !isMandated) {
            return isGranted && !isVouchedFor;
        }
        int byTable = table.compareTo(current.table().epoch());
        return byTable > 0 || (byTable == 0 && revision > current.membersRevision());
    }

    /** False when it is no news. */
    boolean offer(ClusterState state, boolean isGranted, boolean isMandated) {
        if (!isNewer(state.table().epoch(), state.membersRevision(), isGranted, isMandated)) {
            return false;
        }
        current = state;
        // What is taken in here of the life that was vouched for was decided by the same group.
        isVouchedFor |= isGranted;
        ClusterStore store = disk;
        if (store != null && isGranted) {
            store.save(state);
        }
        return true;
    }
}
