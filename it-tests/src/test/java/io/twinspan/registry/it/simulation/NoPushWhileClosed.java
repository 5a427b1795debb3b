package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.session.SegmentPush;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * D8: no push starts at a session that has confirmed a closed switch, but for the first lists of clients that start; and what opening
 * sends is what holds then, nothing from between.
 */
final class NoPushWhileClosed {
    /** Where in its life the switch is. */
    enum Phase {
        OPEN,
        /** Every session has confirmed that push is closed. */
        CLOSED,
        /** Push is being opened, and nobody changes anything any more. */
        OPENING
    }

    private record Key(SimulatedEdge edge, String registId, DatacenterId segment) {}

    private final SimulatedWorld world;
    private final Set<Key> served = new HashSet<>();
    private Phase phase = Phase.OPEN;
    private final List<String> found = new ArrayList<>();

    NoPushWhileClosed(SimulatedWorld world) {
        this.world = world;
        world.onPush(this::onPush);
    }

    void enter(Phase next) {
        phase = next;
    }

    List<String> found() {
        return found;
    }

    private void onPush(SimulatedEdge edge, SegmentPush push) {
        switch (phase) {
            case OPEN -> push.registIds().forEach(each -> served.add(new Key(edge, each, push.segment())));
            case CLOSED -> {
                boolean isFirst = push.registIds().stream()
                        .noneMatch(each -> served.contains(new Key(edge, each, push.segment())));
                // Under the number 1 a client that has anything of the segment ignores it.
                if (!isFirst || push.wireVersion() != 1) {
                    report(edge, push, "though push is closed");
                }
            }
            case OPENING -> {
                Set<String> shown = new TreeSet<>();
                push.addressesByZone().values().forEach(shown::addAll);
                boolean isEmptied =
                        shown.isEmpty() && !push.segment().equals(edge.node().datacenter());
                if (!isEmptied && !shown.equals(offered(push.service(), push.segment()))) {
                    report(edge, push, "at opening, which is not the last: " + shown);
                }
            }
        }
    }

    private Set<String> offered(DataInfoId service, DatacenterId segment) {
        return world.publications().stream()
                .filter(each -> each.isWanted()
                        && each.service().equals(service)
                        && each.client().datacenter().equals(segment))
                .map(Publication::address)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void report(SimulatedEdge edge, SegmentPush push, String what) {
        found.add("D8 " + edge.node().name() + " pushes " + push.service().dataId() + " of " + push.segment() + " to "
                + push.registIds() + " " + what);
    }
}
