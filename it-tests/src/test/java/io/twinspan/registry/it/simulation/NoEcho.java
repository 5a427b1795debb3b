package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.announce.Full;
import java.util.ArrayList;
import java.util.List;

/** D11: nothing comes back as an echo: a datacenter neither announces nor holds as its own what only a peer's clients published. */
final class NoEcho implements Invariant<Answered> {
    @Override
    public List<String> violations(Answered answered) {
        List<String> found = new ArrayList<>();
        if (answered.answer() instanceof DatumAnswers datums) {
            for (DatumAnswer each : datums.answers()) {
                Datum datum = each.datum();
                if (datum != null && each.datacenter().equals(answered.by().datacenter())) {
                    look(answered, datum, found);
                }
            }
        }
        return found;
    }

    /** Looks at what a datacenter announces. */
    static List<String> violations(SimulatedWorld world, DatacenterId own, Announcement announced) {
        List<String> found = new ArrayList<>();
        if (!announced.datacenter().equals(own)) {
            found.add("D11 " + own + " announces for " + announced.datacenter());
        }
        for (DigestEntry entry : entries(announced)) {
            world.coverage().checked("D11");
            boolean isOwn = world.publications().stream()
                    .anyMatch(each ->
                            each.service().equals(entry.id()) && each.client().hasVisited(own));
            if (!isOwn) {
                found.add("D11 " + own + " announces " + entry.id().dataId() + ", which nobody there ever published");
            }
        }
        return found;
    }

    private static List<DigestEntry> entries(Announcement announced) {
        if (announced instanceof Changed changed) {
            return changed.entries();
        }
        return announced instanceof Full full ? full.entries() : List.of();
    }

    private static void look(Answered answered, Datum datum, List<String> found) {
        for (Publisher publisher : datum.publishers()) {
            for (String address : publisher.addresses()) {
                answered.world()
                        .findPublication(address)
                        .filter(each -> !each.client().hasVisited(datum.datacenter()))
                        .ifPresent(each -> found.add("D11 " + answered.by().name() + " holds " + address + " as "
                                + datum.datacenter() + "'s own"));
            }
        }
    }
}
