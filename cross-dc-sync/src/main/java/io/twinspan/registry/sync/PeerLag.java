package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.sync.announce.PeerTable;
import io.twinspan.registry.sync.announce.SlotLag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What of one peer is behind here: what it says is missing, or what it said is wanted here and has not been fetched yet.
 *
 * @param slotsBehind slots in doubt
 * @param slots of them the ones that have been so longest
 * @param servicesBehind services wanted here of which less is held than was announced
 * @param services of them the ones whose change is oldest
 */
public record PeerLag(
        DatacenterId peer, int slotsBehind, List<SlotLag> slots, int servicesBehind, List<OfService> services) {
    /** Copies the lists. */
    public PeerLag {
        slots = List.copyOf(slots);
        services = List.copyOf(services);
    }

    /**
     * One service.
     *
     * @param announced the version announced
     * @param held the version held; {@link DatumVersion#NONE} when nothing is
     * @param behindFor since the announced version was minted, by the clock here; never below zero
     */
    public record OfService(DataInfoId id, DatumVersion announced, DatumVersion held, Duration behindFor) {}

    /** What is looked at, and when. */
    record Reading(ForeignDatums foreign, Set<DataInfoId> interest, long nowNanos, long nowMillis, int most) {
        PeerLag of(PeerTable table) {
            DatacenterId peer = table.peer();
            List<SlotLag> slots = table.behind(nowNanos);
            List<OfService> services = new ArrayList<>();
            for (DataInfoId id : interest) {
                if (foreign.policy(peer, id) != FetchPolicy.NEVER) {
                    table.find(id)
                            .map(entry -> lag(entry, foreign.held(peer, id)))
                            .filter(each -> each.announced().isAfter(each.held()))
                            .ifPresent(services::add);
                }
            }
            services.sort(Comparator.comparing(OfService::behindFor).reversed());
            return new PeerLag(
                    peer,
                    slots.size(),
                    slots.stream().limit(most).toList(),
                    services.size(),
                    services.stream().limit(most).toList());
        }

        private OfService lag(DigestEntry entry, DatumVersion held) {
            boolean isNothing = entry.count() == 0 && held.equals(DatumVersion.NONE);
            long behind = Math.max(0, nowMillis - entry.version().stamp().millis());
            // Nothing is held of what the peer does not have: nothing is missing.
            return new OfService(
                    entry.id(), isNothing ? DatumVersion.NONE : entry.version(), held, Duration.ofMillis(behind));
        }
    }
}
