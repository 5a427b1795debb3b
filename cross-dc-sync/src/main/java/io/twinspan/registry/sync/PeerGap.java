package io.twinspan.registry.sync;

import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.sync.announce.PeerTable;
import io.twinspan.registry.sync.announce.TableFacts;
import java.util.List;

/**
 * What separates this node from holding everything of a peer in the slots that it leads.
 *
 * @param missing services of which less is held than was announced, but for those that an operator wants never to be fetched
 * @param unknown slots of the peer that nothing certain is known of; at least 1 while it is not heard
 */
public record PeerGap(int missing, int unknown) {
    /** Nothing can be said. */
    public static final PeerGap UNKNOWN = new PeerGap(0, 1);

    /** Names of services with addresses of which less is held than was announced, whatever an operator wants; the first ones. */
    static List<String> names(PeerTable table, ForeignDatums foreign, int most) {
        return table.all().stream()
                .filter(entry -> entry.count() > 0
                        && foreign.isLedHere(entry.id())
                        && entry.version().isAfter(foreign.held(table.peer(), entry.id())))
                .map(entry -> entry.id().toString())
                .sorted()
                .limit(most)
                .toList();
    }

    static PeerGap of(PeerTable table, ForeignDatums foreign, TableFacts facts, SyncPath path) {
        int missing = 0;
        for (DigestEntry entry : table.all()) {
            DatumVersion held = foreign.held(table.peer(), entry.id());
            boolean isSomething = entry.count() > 0 || !held.equals(DatumVersion.NONE);
            if (isSomething
                    && entry.version().isAfter(held)
                    && foreign.isLedHere(entry.id())
                    && foreign.policy(table.peer(), entry.id()) != FetchPolicy.NEVER) {
                missing++;
            }
        }
        boolean isHeard = path != SyncPath.NONE && !facts.awaitsSummary();
        return new PeerGap(missing, isHeard ? facts.slotsInDoubt() : Math.max(1, facts.slotsInDoubt()));
    }
}
