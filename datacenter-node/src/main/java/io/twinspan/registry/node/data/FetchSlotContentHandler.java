package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.FetchSlotContent;
import io.twinspan.registry.message.SlotContent;
import io.twinspan.registry.runtime.Caller;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells what is really held of a slot led here, for whoever proves that two datacenters agree. */
final class FetchSlotContentHandler {
    private final DataState state;

    FetchSlotContentHandler(DataState state) {
        this.state = state;
    }

    SlotContent handle(FetchSlotContent request, Caller caller) {
        Optional<LedSlot> led = state.slots().find(request.slot()).filter(slot -> slot.state() == SlotState.SETTLED);
        if (led.isEmpty()) {
            return new SlotContent(false, List.of(), false);
        }
        DataInfoId after = request.after();
        List<Datum> rest = led.get().ownDatums().stream()
                .filter(datum -> datum.count() > 0)
                .filter(datum -> after == null || datum.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(Datum::id))
                .toList();
        List<DigestEntry> entries = rest.stream()
                .limit(SlotContent.MOST)
                .map(FetchSlotContentHandler::look)
                .toList();
        return new SlotContent(true, entries, rest.size() > entries.size());
    }

    /** The entry of what is there, its hash computed anew: one that is kept beside the content proves nothing about it. */
    static DigestEntry look(Datum held) {
        return DigestEntry.of(
                Datum.of(held.datacenter(), held.id(), held.version(), held.publishers(), held.tombstones()));
    }
}
