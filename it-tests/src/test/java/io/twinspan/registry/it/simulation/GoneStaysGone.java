package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Invariant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** D3 across datacenters: who has gone, and has left a list of a datacenter, does not come back to any list there. */
final class GoneStaysGone implements Invariant<ShownChange> {
    private final Set<String> gone = new HashSet<>();

    /** From now on nobody is to be shown this address who is not shown it now. */
    void watch(String address) {
        gone.add(address);
    }

    @Override
    public List<String> violations(ShownChange change) {
        List<String> found = new ArrayList<>();
        if (!gone.isEmpty()) {
            change.world().coverage().checked("D3");
        }
        for (String address : change.after()) {
            if (gone.contains(address) && !change.before().contains(address)) {
                found.add("D3 returning: " + change.subscriber() + " of "
                        + change.subscriber().client().name() + " shows " + address + " again");
            }
        }
        return found;
    }
}
