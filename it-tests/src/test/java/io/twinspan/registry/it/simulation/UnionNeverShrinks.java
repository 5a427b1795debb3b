package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Invariant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * D4 while clients move: of those who are only sent from one datacenter to the other and do nothing by themselves, nobody who was
 * ever shown leaves any list, whatever the scope of the subscriber, wherever it is, and whatever breaks.
 */
final class UnionNeverShrinks implements Invariant<ShownChange> {
    private final Set<String> lasting = new HashSet<>();

    /** From now on this address is to stay wherever it is shown. */
    void watch(String address) {
        lasting.add(address);
    }

    /** Its client does something by itself. */
    void forget(String address) {
        lasting.remove(address);
    }

    boolean isWatched(String address) {
        return lasting.contains(address);
    }

    @Override
    public List<String> violations(ShownChange change) {
        List<String> found = new ArrayList<>();
        if (!lasting.isEmpty()) {
            change.world().coverage().checked("D4");
        }
        for (String address : change.before()) {
            if (lasting.contains(address) && !change.after().contains(address)) {
                found.add("D4 moving: " + change.subscriber() + " of "
                        + change.subscriber().client().name() + " loses " + address + "; left: " + change.after());
            }
        }
        return found;
    }
}
