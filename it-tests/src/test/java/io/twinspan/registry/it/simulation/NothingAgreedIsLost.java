package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Invariant;
import java.util.List;

/**
 * M2: whoever leads the meta group has everything that the group has acknowledged in earlier terms. The disks of a majority always
 * survive. What was acknowledged in a later term it cannot have: one that was paused may count the votes of its own term only after
 * others have gone on, and then leads nobody.
 */
final class NothingAgreedIsLost implements Invariant<Election> {
    @Override
    public List<String> violations(Election election) {
        return election.acknowledged().entrySet().stream()
                .filter(each -> each.getValue().term() < election.term())
                .filter(each -> each.getKey() >= election.log().size()
                        || !election.log()
                                .get(each.getKey())
                                .equals(each.getValue().entry()))
                .map(each -> "M2 " + election.leader() + " leads in term " + election.term()
                        + " without what was acknowledged as number " + each.getKey())
                .limit(1)
                .toList();
    }
}
