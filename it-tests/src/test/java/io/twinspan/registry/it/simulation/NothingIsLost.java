package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** D4: what a client shows never loses a live, acknowledged publisher it had, unless that one's own client closed its connection. */
final class NothingIsLost implements Invariant<ShownChange> {
    /** A notice, a question to the peer and its answer, in the slowest weather without losses. */
    private static final Duration MIRROR_LAG = Duration.ofSeconds(1);

    @Override
    public List<String> violations(ShownChange change) {
        List<String> found = new ArrayList<>();
        if (!change.before().isEmpty()) {
            change.world().coverage().checked("D4");
        }
        Iterator<Long> since = change.since().iterator();
        for (String address : change.before()) {
            long had = since.next();
            // A subscriber that has moved rightly loses what it had in the datacenter that it came from.
            boolean isOfBefore = had <= change.subscriber().client().movedNanos();
            if (!isOfBefore && !change.after().contains(address)) {
                change.world().publications().stream()
                        .filter(each -> each.isProtected(
                                address,
                                had - lag(change, each).toNanos(),
                                change.world().time().nanos()))
                        .filter(each -> isToBeShown(change, each))
                        .forEach(each -> found.add("D4 " + change.subscriber() + " loses " + address
                                + ", of a live client; left: " + change.after()));
            }
        }
        return found;
    }

    /**
     * How old the content may be that a list is made of. The mirror of a peer is as old as its last fetch: a list that begins to show
     * it may have a publisher from before its client closed its connection, and the fetch that follows rightly takes that away.
     */
    private static Duration lag(ShownChange change, Publication publication) {
        return publication
                        .client()
                        .datacenter()
                        .equals(change.subscriber().client().datacenter())
                ? Duration.ZERO
                : MIRROR_LAG;
    }

    /**
     * A peer's publishers are for those who want all datacenters, and rightly leave the list once there are own ones. It does not
     * matter whether those still live: own-first asks what is listed, and a client that came over and has left again without its
     * session knowing it is listed until that does.
     */
    private static boolean isToBeShown(ShownChange change, Publication publication) {
        LiteralClient client = change.subscriber().client();
        return publication.client().datacenter().equals(client.datacenter())
                || (change.subscriber().scope() == Scope.GLOBAL
                        && !change.subscriber().isShownAnyOf(client.datacenter())
                        && change.world().publications().stream()
                                .noneMatch(each -> each.service().equals(publication.service())
                                        && each.client().datacenter().equals(client.datacenter())));
    }
}
