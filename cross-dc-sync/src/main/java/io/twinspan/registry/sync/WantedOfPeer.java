package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.sync.announce.PeerTable;
import io.twinspan.registry.sync.fetch.FetchPlan;
import io.twinspan.registry.sync.fetch.FetchPlanner;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Predicate;

/** Which of a peer's datums are wanted here, and why: somebody looks for them, clients move, or they are kept warm. */
final class WantedOfPeer {
    /** What became empty so long ago may not be so any more: after a cut, what was said of it next is on its way behind that. */
    private static final Duration OLD_NEWS = Duration.ofSeconds(2);

    private final DatacenterId peer;
    private final PeerTable table;
    private final PeerSegment.Ports ports;

    WantedOfPeer(DatacenterId peer, PeerTable table, PeerSegment.Ports ports) {
        this.peer = peer;
        this.table = table;
        this.ports = ports;
    }

    /** What of this is to be fetched because somebody asked for it, and what of that has become empty. */
    FetchPlan asked(Collection<DigestEntry> announced) {
        return plan(announced, this::isFetched);
    }

    /** The same of what nobody asked for and is kept warm. */
    FetchPlan warm(Collection<DigestEntry> announced) {
        return plan(announced, this::isKeptWarm);
    }

    boolean isHeld(DataInfoId id) {
        return !ports.foreign().held(peer, id).equals(DatumVersion.NONE);
    }

    /** True when its leader is to say itself that it is empty: too many are at once, that is old, or it is not held. */
    boolean isDoubted(DigestEntry emptied) {
        // Of a moving one its leader also says where the last of them have gone. What is not held is perhaps
        // shown since before disks were lost here, and then it may be newer than the table.
        return table.isHeld(emptied.id()) || isMoving(emptied.id()) || isOldNews(emptied) || !isHeld(emptied.id());
    }

    /** Whether what is being asked for is to be asked for again; of what is only confirmed, an operator alone decides. */
    boolean isStillWanted(DataInfoId id, boolean isWarm) {
        return policy(id) != FetchPolicy.NEVER && (!isWarm || isFetched(id) || isKeptWarm(id));
    }

    FetchPolicy policy(DataInfoId id) {
        return ports.foreign().policy(peer, id);
    }

    private FetchPlan plan(Collection<DigestEntry> announced, Predicate<DataInfoId> isWanted) {
        return FetchPlanner.plan(announced, isWanted, id -> ports.foreign().held(peer, id));
    }

    private boolean isOldNews(DigestEntry entry) {
        return ports.clock().physicalMillis() - entry.version().stamp().millis() > OLD_NEWS.toMillis();
    }

    private boolean isFetched(DataInfoId id) {
        return (ports.interest().contains(id) || isMoving(id)) && policy(id) != FetchPolicy.NEVER;
    }

    private boolean isKeptWarm(DataInfoId id) {
        return !ports.interest().contains(id)
                && !isMoving(id)
                && policy(id) == FetchPolicy.WARM
                && ports.foreign().isLedHere(id);
    }

    private boolean isMoving(DataInfoId id) {
        return ports.foreign().isMovingWith(peer) && ports.foreign().isLedHere(id);
    }
}
