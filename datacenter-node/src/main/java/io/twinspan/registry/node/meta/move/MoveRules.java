package io.twinspan.registry.node.meta.move;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveStage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which orders are taken. Pure. */
public final class MoveRules {
    private final DatacenterId own;
    private final Set<DatacenterId> peers;

    /** @param peers the other datacenters of the federation */
    public MoveRules(DatacenterId own, Set<DatacenterId> peers) {
        this.own = own;
        this.peers = Set.copyOf(peers);
    }

    /**
     * Why an order makes no sense here, whatever holds now; empty when it does.
     *
     * @throws IllegalArgumentException never; a reason is a value
     */
    public String unusable(MoveOrder wanted) {
        for (DatacenterId each : new DatacenterId[] {
            wanted.source(), wanted.target(), wanted.epoch().issuer()
        }) {
            if (!each.equals(own) && !peers.contains(each)) {
                return "datacenter " + each + " is unknown here; known are " + own + " and its peers "
                        + peers.stream().sorted().toList();
            }
        }
        if (wanted.counterpart(own).isEmpty()) {
            return "the clients of " + wanted.source() + " are to move to " + wanted.target() + ", and this is " + own
                    + "; ask one of the two";
        }
        return "";
    }

    /**
     * Why an order of an operator or a procedure is not taken while this one holds; empty when it is.
     *
     * @param known the epoch of the federation; null while nothing has been decided
     */
    public String refusal(@Nullable MoveOrder holds, MoveOrder wanted, @Nullable FederationEpoch known) {
        if (isAheadOf(known, holds, wanted)) {
            return "epoch " + wanted.epoch() + " is more than one above " + known
                    + ", which is the federation's; name that one, or the next one for a move that a decision follows";
        }
        if (holds == null) {
            return wanted.stage() == MoveStage.ENDED ? "no move is ordered, so none can be ended" : "";
        }
        if (holds.run().equals(wanted.run())) {
            return ofSameRun(holds, wanted);
        }
        if (holds.stage() != MoveStage.ENDED) {
            return "run " + holds.run() + " from " + holds.source() + " to " + holds.target() + " is "
                    + holds.stage().word() + "; end it first";
        }
        FederationEpoch epoch = wanted.epoch();
        // The same one again: the run before was ended before its epoch was committed.
        if (epoch.compareTo(holds.epoch()) < 0) {
            return "epoch " + epoch + " is below that of the last move, " + holds.epoch();
        }
        return epoch.isTooFarFrom(holds.epoch())
                ? "epoch " + epoch + " is more than " + FederationEpoch.FARTHEST_AHEAD
                        + " above that of the last move, " + holds.epoch()
                : "";
    }

    private static String ofSameRun(MoveOrder holds, MoveOrder wanted) {
        if (!holds.isSameRun(wanted)) {
            return "run " + holds.run() + " is under epoch " + holds.epoch() + " from " + holds.source() + " to "
                    + holds.target() + "; a run does not change that";
        }
        boolean isBack = wanted.stage().compareTo(holds.stage()) < 0;
        return isBack
                ? "run " + holds.run() + " is " + holds.stage().word() + " already and does not go back to "
                        + wanted.stage().word()
                : "";
    }

    /**
     * True when what a peer holds is to hold here as well.
     *
     * @param known the epoch of the federation; null while nothing has been decided
     */
    public boolean isAdopted(@Nullable MoveOrder holds, MoveOrder theirs, @Nullable FederationEpoch known) {
        return unusable(theirs).isEmpty()
                && !isAheadOf(known, holds, theirs)
                && (holds == null || (theirs.isAfter(holds) && !theirs.epoch().isTooFarFrom(holds.epoch())));
    }

    /** Under an epoch that no decision will soon come to, an order would stand in the way of all those of later runs. */
    private static boolean isAheadOf(@Nullable FederationEpoch known, @Nullable MoveOrder holds, MoveOrder order) {
        long number = order.epoch().number();
        return known != null
                && number > known.number() + 1
                && (holds == null || number > holds.epoch().number());
    }
}
