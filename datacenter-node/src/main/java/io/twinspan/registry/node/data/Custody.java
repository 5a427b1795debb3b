package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is shown of the datum of a peer that is lost, and so takes nothing away any more. A client that has come over from it is
 * listed here, or was and has gone: in both cases what the lost peer last said of it is over. Pure.
 */
final class Custody {
    private Custody() {}

    /** Registrations of the lost peer's datum of which the own one, or a tombstone in it, tells later things. */
    static Set<RegistrationId> over(Datum own, Datum theirs) {
        return theirs.publishers().stream()
                .filter(each -> isLaterHere(own, each))
                .map(Publisher::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The datum without those, to be given after the own one that tells later things of them. */
    static Datum without(Datum theirs, Set<RegistrationId> over, Datum own) {
        List<Publisher> left = theirs.publishers().stream()
                .filter(each -> !over.contains(each.id()))
                .toList();
        return Datum.of(theirs.datacenter(), theirs.id(), theirs.version(), left, theirs.tombstones())
                .following(Map.of(own.datacenter(), own.version()));
    }

    private static boolean isLaterHere(Datum own, Publisher theirs) {
        Optional<RegistrationOrder> here = own.find(theirs.id())
                .map(Publisher::order)
                .or(() -> own.findTombstone(theirs.id()).map(removed -> removed.order()));
        return here.filter(order -> order.isAfter(theirs.order())).isPresent();
    }
}
