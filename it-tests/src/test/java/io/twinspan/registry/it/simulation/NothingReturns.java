package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Invariant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** D3, first half: what a client has stopped showing because it was taken back or replaced never comes back. */
final class NothingReturns implements Invariant<ShownChange> {
    private final Map<Subscription, Set<String>> over = new HashMap<>();

    @Override
    public List<String> violations(ShownChange change) {
        List<String> found = new ArrayList<>();
        Set<String> past = over.computeIfAbsent(change.subscriber(), each -> new HashSet<>());
        for (String address : change.after()) {
            if (!change.before().contains(address) && past.contains(address)) {
                found.add("D3 " + change.subscriber() + " shows " + address + " again, which was over");
            }
        }
        for (String address : change.before()) {
            if (!change.after().contains(address)) {
                change.world().publications().stream()
                        .filter(each -> each.offered(address) && !each.isMurky() && isNear(change, each))
                        .filter(each -> !each.isWanted() || !each.address().equals(address))
                        .forEach(each -> past.add(address));
            }
        }
        change.world().publications().stream()
                .filter(Publication::isMurky)
                .forEach(murky -> past.removeIf(murky::offered));
        return found;
    }

    /** Of a peer's segment the same content may rightly come back: the view hides it and shows it again as last known. */
    private static boolean isNear(ShownChange change, Publication publication) {
        return publication
                .client()
                .datacenter()
                .equals(change.subscriber().client().datacenter());
    }
}
