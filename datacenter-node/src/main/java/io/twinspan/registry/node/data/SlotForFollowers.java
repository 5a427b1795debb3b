package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.DatumWord;
import io.twinspan.registry.message.ReplicaContent;
import io.twinspan.registry.message.ReplicaHolding;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A slot that is led here as those see it that follow: own and peers' datums alike. They differ in what happens to the content that
 * a follower hands over: own datums are merged, registration by registration; of a peer's only the newer one stays, because only
 * its own leader changes it.
 */
record SlotForFollowers(LedSlot slot) implements FollowerProgress.Leader {
    @Override
    public SlotId id() {
        return slot.id();
    }

    @Override
    public LeaderEpoch epoch() {
        return slot.epoch();
    }

    @Override
    public List<Datum> datums() {
        return slot.datums();
    }

    @Override
    public Optional<Datum> find(DatumKey key) {
        return slot.foreign().find(key);
    }

    @Override
    public Optional<DatumWord> word(DatumKey key) {
        return slot.foreign().word(key);
    }

    @Override
    public DatumVersion shownCeiling() {
        return slot.shownCeiling();
    }

    @Override
    public boolean knowsAll() {
        return slot.origin() == Warming.Origin.MEMORY;
    }

    @Override
    public void onReplicated(ReplicaContent content) {
        Map<DataInfoId, DatumVersion> there = new HashMap<>();
        content.datums().forEach(datum -> note(DatumKey.of(datum), datum.version(), there));
        content.patches().forEach(patch -> note(patch.key(), patch.version(), there));
        slot.onReplicated(there);
    }

    private void note(DatumKey key, DatumVersion version, Map<DataInfoId, DatumVersion> there) {
        if (slot.isOwn(key.datacenter())) {
            there.put(key.id(), version);
        }
    }

    @Override
    public void merge(ReplicaHolding held, DatumVersion theirCeiling, long nowNanos) {
        Map<DatumKey, DatumWord> words = new HashMap<>();
        held.words().forEach(word -> words.put(word.key(), word));
        for (Datum each : held.held()) {
            if (slot.isOwn(each.datacenter())) {
                slot.merge(each, theirCeiling, nowNanos);
            } else {
                DatumWord word = words.get(DatumKey.of(each));
                slot.foreign().take(each, word == null ? 0 : word.confirmedMillis(), slot);
            }
        }
    }
}
