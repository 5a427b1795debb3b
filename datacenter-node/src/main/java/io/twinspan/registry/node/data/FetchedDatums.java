package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.sync.ForeignDatums;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Brings what was fetched from peers to the slots that keep it. */
final class FetchedDatums implements ForeignDatums {
    private final EventLoop loop;
    private final LedSlots slots;
    private final ForeignIndex index;

    FetchedDatums(EventLoop loop, LedSlots slots, ForeignIndex index) {
        this.loop = loop;
        this.slots = slots;
        this.index = index;
    }

    @Override
    public DatumVersion held(DatacenterId peer, DataInfoId id) {
        return index.get(new DatumKey(peer, id));
    }

    @Override
    public void install(Datum datum) {
        // At once, so that nobody fetches it again while it is on its way to the loop.
        index.raise(DatumKey.of(datum), datum.version());
        loop.execute(() -> slots.find(datum.id())
                .ifPresentOrElse(
                        slot -> slot.foreign().install(datum, loop.nanos(), slot),
                        () -> index.remove(DatumKey.of(datum))));
    }

    @Override
    public CompletionStage<List<DigestEntry>> holding(DatacenterId peer) {
        CompletableFuture<List<DigestEntry>> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(slots.all().stream()
                .flatMap(slot -> slot.foreign().held().stream()
                        .filter(key -> key.datacenter().equals(peer))
                        .flatMap(key -> slot.foreign().find(key).stream()))
                .map(FetchSlotContentHandler::look)
                .toList()));
        return answer;
    }

    @Override
    public void confirmed(DatacenterId peer, DataInfoId id, DatumVersion version) {
        loop.execute(() -> slots.find(id)
                .ifPresent(slot -> slot.foreign().confirmed(new DatumKey(peer, id), version, loop.nanos())));
    }
}
