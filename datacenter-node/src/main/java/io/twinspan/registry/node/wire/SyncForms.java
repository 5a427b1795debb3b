package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.Root;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.message.FetchSlotContent;
import io.twinspan.registry.message.FetchSlotDigest;
import io.twinspan.registry.message.FetchSlotRoots;
import io.twinspan.registry.message.SlotContent;
import io.twinspan.registry.message.SlotDigest;
import io.twinspan.registry.message.SlotPlace;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.node.wire.proto.AnnouncementOrderData;
import io.twinspan.registry.node.wire.proto.DigestEntryData;
import io.twinspan.registry.node.wire.proto.FetchSlotContentRequest;
import io.twinspan.registry.node.wire.proto.FetchSlotDigestRequest;
import io.twinspan.registry.node.wire.proto.FetchSlotRootsRequest;
import io.twinspan.registry.node.wire.proto.SlotContentAnswer;
import io.twinspan.registry.node.wire.proto.SlotDigestAnswer;
import io.twinspan.registry.node.wire.proto.SlotPlaceData;
import io.twinspan.registry.node.wire.proto.SlotRootData;
import io.twinspan.registry.node.wire.proto.SlotRootsAnswer;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;

/** What data nodes of peer datacenters ask one another about their digests. */
final class SyncForms {
    private SyncForms() {}

    static FetchSlotRootsRequest form(FetchSlotRoots request) {
        FetchSlotRootsRequest.Builder form = FetchSlotRootsRequest.newBuilder().setSlotCount(request.slotCount());
        request.places()
                .forEach(each -> form.addPlaces(
                        SlotPlaceData.newBuilder().setSlot(each.slot().number()).setOrder(form(each.order()))));
        return form.build();
    }

    static FetchSlotRoots read(FetchSlotRootsRequest form) {
        // The slots of a datacenter that divides otherwise are not ours to understand.
        return new FetchSlotRoots(
                form.getSlotCount(),
                form.getPlacesList().stream()
                        .filter(each -> form.getSlotCount() == SlotId.COUNT)
                        .map(each -> new SlotPlace(new SlotId(each.getSlot()), read(each.getOrder())))
                        .toList());
    }

    static SlotRootsAnswer form(SlotRoots answer) {
        SlotRootsAnswer.Builder form =
                SlotRootsAnswer.newBuilder().setNode(answer.node().value()).setSlotCount(answer.slotCount());
        answer.now().forEach(each -> form.addNow(form(each)));
        answer.earlier().forEach(each -> form.addEarlier(form(each)));
        return form.build();
    }

    static SlotRoots read(SlotRootsAnswer form) {
        boolean isLikeHere = form.getSlotCount() == SlotId.COUNT;
        return new SlotRoots(
                new NodeId(form.getNode()),
                form.getSlotCount(),
                form.getNowList().stream()
                        .filter(each -> isLikeHere)
                        .map(SyncForms::read)
                        .toList(),
                form.getEarlierList().stream()
                        .filter(each -> isLikeHere)
                        .map(SyncForms::read)
                        .toList());
    }

    static FetchSlotDigestRequest form(FetchSlotDigest request) {
        FetchSlotDigestRequest.Builder form = FetchSlotDigestRequest.newBuilder()
                .setSlot(request.slot().number())
                .setPart(request.part());
        AnnouncementOrder place = request.place();
        return place == null ? form.build() : form.setPlace(form(place)).build();
    }

    static FetchSlotDigest read(FetchSlotDigestRequest form) {
        return new FetchSlotDigest(
                new SlotId(form.getSlot()), form.hasPlace() ? read(form.getPlace()) : null, form.getPart());
    }

    static SlotDigestAnswer form(SlotDigest answer) {
        SlotDigestAnswer.Builder form = SlotDigestAnswer.newBuilder()
                .setNode(answer.node().value())
                .setPart(answer.part())
                .setParts(answer.parts());
        SlotRoot frozen = answer.frozen();
        if (frozen != null) {
            form.setFrozen(form(frozen));
        }
        answer.entries().forEach(each -> form.addEntries(form(each)));
        return form.build();
    }

    static SlotDigest read(SlotDigestAnswer form) {
        return new SlotDigest(
                new NodeId(form.getNode()),
                form.hasFrozen() ? read(form.getFrozen()) : null,
                form.getPart(),
                form.getParts(),
                form.getEntriesList().stream().map(SyncForms::read).toList());
    }

    static FetchSlotContentRequest form(FetchSlotContent request) {
        FetchSlotContentRequest.Builder form =
                FetchSlotContentRequest.newBuilder().setSlot(request.slot().number());
        if (request.after() != null) {
            form.setAfter(DatumForms.form(request.after()));
        }
        return form.build();
    }

    static FetchSlotContent read(FetchSlotContentRequest form) {
        return new FetchSlotContent(
                new SlotId(form.getSlot()), form.hasAfter() ? DatumForms.read(form.getAfter()) : null);
    }

    static SlotContentAnswer form(SlotContent answer) {
        SlotContentAnswer.Builder form =
                SlotContentAnswer.newBuilder().setLed(answer.isLed()).setMore(answer.hasMore());
        answer.entries().forEach(each -> form.addEntries(form(each)));
        return form.build();
    }

    static SlotContent read(SlotContentAnswer form) {
        return new SlotContent(
                form.getLed(),
                form.getEntriesList().stream().map(SyncForms::read).toList(),
                form.getMore());
    }

    private static AnnouncementOrderData form(AnnouncementOrder order) {
        return AnnouncementOrderData.newBuilder()
                .setIncarnation(ClusterForms.form(order.incarnation()))
                .setEpoch(order.epoch().value())
                .setSequence(order.sequence())
                .build();
    }

    private static AnnouncementOrder read(AnnouncementOrderData form) {
        return new AnnouncementOrder(
                ClusterForms.read(form.getIncarnation()), new LeaderEpoch(form.getEpoch()), form.getSequence());
    }

    private static SlotRootData form(SlotRoot root) {
        return SlotRootData.newBuilder()
                .setSlot(root.slot().number())
                .setOrder(form(root.order()))
                .setCount(root.count())
                .setRootHigh(root.root().high())
                .setRootLow(root.root().low())
                .setWatermark(root.watermark().value())
                .build();
    }

    private static SlotRoot read(SlotRootData form) {
        return new SlotRoot(
                new SlotId(form.getSlot()),
                read(form.getOrder()),
                form.getCount(),
                new Root(form.getRootHigh(), form.getRootLow()),
                new DatumVersion(form.getWatermark()));
    }

    private static DigestEntryData form(DigestEntry entry) {
        return DigestEntryData.newBuilder()
                .setId(DatumForms.form(entry.id()))
                .setVersion(entry.version().value())
                .setCount(entry.count())
                .setContentHash(entry.contentHash())
                .build();
    }

    private static DigestEntry read(DigestEntryData form) {
        return new DigestEntry(
                DatumForms.read(form.getId()),
                new DatumVersion(form.getVersion()),
                form.getCount(),
                form.getContentHash());
    }
}
