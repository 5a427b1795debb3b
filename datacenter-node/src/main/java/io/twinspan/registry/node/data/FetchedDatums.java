package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.ForeignDatums;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Brings what was fetched from peers to the slots that keep it. */
final class FetchedDatums implements ForeignDatums {
    private final EventLoop loop;
    private final LedSlots slots;
    private final ForeignIndex index;
    private final MovedOver movedOver;

    private volatile PolicyTable policies = PolicyTable.EMPTY;
    private volatile FetchPolicy undecided = FetchPolicy.LAZY;
    private volatile @Nullable DatacenterId movingWith;

    FetchedDatums(EventLoop loop, LedSlots slots, ForeignIndex index, MovedOver movedOver) {
        this.movedOver = movedOver;
        this.loop = loop;
        this.slots = slots;
        this.index = index;
    }

    void decide(PolicyTable table) {
        policies = table;
    }

    /** What holds for services of which no operator has decided anything: one that stands by holds everything when it is needed. */
    void standBy(boolean isStandby) {
        undecided = isStandby ? FetchPolicy.WARM : FetchPolicy.LAZY;
    }

    /** Clients move between here and this peer; with nobody any more when it is null. True when that is news. */
    boolean moveWith(@Nullable DatacenterId peer) {
        boolean isNews = !Objects.equals(peer, movingWith);
        movingWith = peer;
        return isNews;
    }

    @Override
    public boolean isMovingWith(DatacenterId peer) {
        return peer.equals(movingWith);
    }

    @Override
    public FetchPolicy policy(DatacenterId peer, DataInfoId id) {
        return policies.fetch(peer, id).orElse(undecided);
    }

    @Override
    public boolean isOff(DatacenterId peer) {
        return policies.isNothingFetched(peer);
    }

    @Override
    public boolean isLedHere(DataInfoId id) {
        return index.isLed(SlotId.of(id));
    }

    @Override
    public DatumVersion held(DatacenterId peer, DataInfoId id) {
        return index.get(new DatumKey(peer, id));
    }

    @Override
    public boolean isHeldEmpty(DatacenterId peer, DataInfoId id) {
        return index.isEmpty(new DatumKey(peer, id));
    }

    @Override
    public void install(Datum datum) {
        // At once, so that nobody fetches it again while it is on its way to the loop.
        index.raise(datum);
        loop.execute(() -> slots.find(datum.id())
                .ifPresentOrElse(
                        slot -> {
                            if (slot.foreign().install(datum, loop.nanos(), slot)) {
                                movedOver.review(slot, DatumKey.of(datum));
                            }
                        },
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

    @Override
    public void agreed(DatacenterId peer, Map<DataInfoId, DatumVersion> versions) {
        loop.execute(() -> slots.all()
                .forEach(slot -> slot.foreign().namedBy(peer, id -> versions.getOrDefault(id, DatumVersion.NONE))));
    }
}
