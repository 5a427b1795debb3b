package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.simulation.Invariant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** D5: the shown content of a service nobody touches never changes, and nobody is ever given less of it, newcomers included. */
final class StillStaysStill implements Invariant<ShownChange> {
    private final Map<DataInfoId, TreeSet<String>> contents = new HashMap<>();

    /** From now on nobody touches this service, and this is what it offers. */
    void watch(DataInfoId service, SortedSet<String> content) {
        contents.put(service, new TreeSet<>(content));
    }

    @Override
    public List<String> violations(ShownChange change) {
        TreeSet<String> content = contents.get(change.subscriber().service());
        if (content != null) {
            change.world().coverage().checked("D5");
        }
        // A newcomer that has not been given anything of it yet shows nothing, and that is right.
        boolean isUntold = change.before().isEmpty()
                && change.after().isEmpty()
                && !change.world()
                        .stillDatacenter(change.subscriber().service())
                        .filter(change.subscriber()::has)
                        .isPresent();
        return content == null || isUntold || content.equals(change.after())
                ? List.of()
                : List.of("D5 " + change.subscriber() + " shows " + change.after() + " of a service nobody touched: "
                        + content);
    }
}
