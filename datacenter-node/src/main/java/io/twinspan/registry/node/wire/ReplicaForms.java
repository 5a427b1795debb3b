package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumPatch;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.digest.ReplicaDigest;
import io.twinspan.registry.message.DatumWord;
import io.twinspan.registry.message.LeadByRank;
import io.twinspan.registry.message.LedByRank;
import io.twinspan.registry.message.ReplicaAnswer;
import io.twinspan.registry.message.ReplicaContent;
import io.twinspan.registry.message.ReplicaHead;
import io.twinspan.registry.message.ReplicaHolding;
import io.twinspan.registry.message.ReplicaUpdate;
import io.twinspan.registry.message.ReplicasUpdated;
import io.twinspan.registry.message.UpdateReplicas;
import io.twinspan.registry.node.wire.proto.DataInfoIdData;
import io.twinspan.registry.node.wire.proto.DatumKeyData;
import io.twinspan.registry.node.wire.proto.DatumPatchData;
import io.twinspan.registry.node.wire.proto.DatumWordData;
import io.twinspan.registry.node.wire.proto.LeadByRankRequest;
import io.twinspan.registry.node.wire.proto.LedByRankAnswer;
import io.twinspan.registry.node.wire.proto.RankedSlotData;
import io.twinspan.registry.node.wire.proto.ReplicaAnswerData;
import io.twinspan.registry.node.wire.proto.ReplicaDigestData;
import io.twinspan.registry.node.wire.proto.ReplicaStatusData;
import io.twinspan.registry.node.wire.proto.ReplicaUpdateData;
import io.twinspan.registry.node.wire.proto.ReplicasUpdatedAnswer;
import io.twinspan.registry.node.wire.proto.UpdateReplicasRequest;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;

/** What leaders and followers of slots say to one another. */
final class ReplicaForms {
    private ReplicaForms() {}

    static UpdateReplicasRequest form(UpdateReplicas request) {
        UpdateReplicasRequest.Builder form = UpdateReplicasRequest.newBuilder()
                .setTable(ClusterForms.form(request.table()))
                .setAll(request.isAll());
        request.updates().forEach(each -> form.addUpdates(form(each)));
        return form.build();
    }

    static UpdateReplicas read(UpdateReplicasRequest form) {
        return new UpdateReplicas(
                ClusterForms.read(form.getTable()),
                form.getUpdatesList().stream().map(ReplicaForms::read).toList(),
                form.getAll());
    }

    static ReplicasUpdatedAnswer form(ReplicasUpdated answer) {
        ReplicasUpdatedAnswer.Builder form = ReplicasUpdatedAnswer.newBuilder();
        answer.answers().forEach(each -> form.addAnswers(form(each)));
        return form.build();
    }

    static ReplicasUpdated read(ReplicasUpdatedAnswer form) {
        return new ReplicasUpdated(
                form.getAnswersList().stream().map(ReplicaForms::read).toList());
    }

    static LeadByRankRequest form(LeadByRank request) {
        LeadByRankRequest.Builder form =
                LeadByRankRequest.newBuilder().setIncarnation(ClusterForms.form(request.incarnation()));
        request.slots().forEach(each -> form.addSlots(form(each)));
        return form.build();
    }

    static LeadByRank read(LeadByRankRequest form) {
        return new LeadByRank(
                ClusterForms.read(form.getIncarnation()),
                form.getSlotsList().stream().map(ReplicaForms::read).toList());
    }

    static LedByRankAnswer form(LedByRank answer) {
        LedByRankAnswer.Builder form = LedByRankAnswer.newBuilder();
        answer.led().forEach(each -> form.addLed(form(each)));
        return form.build();
    }

    static LedByRank read(LedByRankAnswer form) {
        return new LedByRank(form.getLedList().stream().map(ReplicaForms::read).toList());
    }

    private static RankedSlotData form(LeadByRank.Ranked each) {
        return RankedSlotData.newBuilder()
                .setSlot(each.slot().number())
                .setEpoch(each.epoch().value())
                .build();
    }

    private static LeadByRank.Ranked read(RankedSlotData form) {
        return new LeadByRank.Ranked(new SlotId(form.getSlot()), new LeaderEpoch(form.getEpoch()));
    }

    private static ReplicaUpdateData form(ReplicaUpdate update) {
        ReplicaHead head = update.head();
        ReplicaUpdateData.Builder form = ReplicaUpdateData.newBuilder()
                .setSlot(head.slot().number())
                .setEpoch(head.epoch().value())
                .setFrom(head.from())
                .setTo(head.to())
                .setCeiling(head.ceiling().value());
        if (update instanceof ReplicaUpdate.Compare compare) {
            ReplicaUpdateData.Compare.Builder kind =
                    ReplicaUpdateData.Compare.newBuilder().setWantsHeld(compare.wantsHeld());
            for (ReplicaDigest each : compare.digest()) {
                kind.addDigest(ReplicaDigestData.newBuilder()
                        .setDatacenter(each.key().datacenter().name())
                        .setId(DatumForms.form(each.key().id()))
                        .setVersion(each.version().value())
                        .setStateHash(each.stateHash()));
            }
            return form.setCompare(kind).build();
        }
        ReplicaUpdate.Write write = (ReplicaUpdate.Write) update;
        ReplicaUpdateData.Write.Builder kind =
                ReplicaUpdateData.Write.newBuilder().setWhole(write.isWhole()).setRoot(write.root());
        write.content().datums().forEach(each -> kind.addDatums(DatumForms.form(each)));
        write.content().forgotten().forEach(each -> kind.addForgotten(form(each)));
        write.content().words().forEach(each -> kind.addWords(form(each)));
        write.content().patches().forEach(each -> kind.addPatches(form(each)));
        return form.setWrite(kind).build();
    }

    private static ReplicaUpdate read(ReplicaUpdateData form) {
        ReplicaHead head = new ReplicaHead(
                new SlotId(form.getSlot()),
                new LeaderEpoch(form.getEpoch()),
                form.getFrom(),
                form.getTo(),
                new DatumVersion(form.getCeiling()));
        return switch (form.getKindCase()) {
            case COMPARE ->
                new ReplicaUpdate.Compare(
                        head,
                        form.getCompare().getDigestList().stream()
                                .map(each -> new ReplicaDigest(
                                        key(each.getDatacenter(), each.getId()),
                                        new DatumVersion(each.getVersion()),
                                        each.getStateHash()))
                                .toList(),
                        form.getCompare().getWantsHeld());
            case WRITE -> read(head, form.getWrite());
            case KIND_NOT_SET -> throw new IllegalArgumentException("an update of a replica of no known kind");
        };
    }

    private static ReplicaUpdate read(ReplicaHead head, ReplicaUpdateData.Write form) {
        ReplicaContent content = new ReplicaContent(
                form.getDatumsList().stream().map(DatumForms::read).toList(),
                form.getForgottenList().stream().map(ReplicaForms::read).toList(),
                form.getPatchesList().stream().map(ReplicaForms::read).toList(),
                form.getWordsList().stream().map(ReplicaForms::read).toList());
        return new ReplicaUpdate.Write(head, content, form.getWhole(), form.getRoot());
    }

    private static DatumKey key(String datacenter, DataInfoIdData id) {
        return new DatumKey(new DatacenterId(datacenter), DatumForms.read(id));
    }

    private static DatumKeyData form(DatumKey key) {
        return DatumKeyData.newBuilder()
                .setDatacenter(key.datacenter().name())
                .setId(DatumForms.form(key.id()))
                .build();
    }

    private static DatumKey read(DatumKeyData form) {
        return key(form.getDatacenter(), form.getId());
    }

    private static DatumWordData form(DatumWord word) {
        return DatumWordData.newBuilder()
                .setKey(form(word.key()))
                .setConfirmedMillis(word.confirmedMillis())
                .build();
    }

    private static DatumWord read(DatumWordData form) {
        return new DatumWord(read(form.getKey()), form.getConfirmedMillis());
    }

    private static DatumPatchData form(DatumPatch patch) {
        DatumPatchData.Builder form = DatumPatchData.newBuilder()
                .setDatacenter(patch.key().datacenter().name())
                .setId(DatumForms.form(patch.key().id()))
                .setVersion(patch.version().value())
                .setCount(patch.count())
                .setContentHash(patch.contentHash());
        patch.publishers().forEach(each -> form.addPublishers(DatumForms.form(each)));
        patch.tombstones().forEach(each -> form.addTombstones(DatumForms.form(each)));
        patch.gone().forEach(each -> form.addGone(each.value()));
        return form.addAllAfter(DatumForms.after(patch.after())).build();
    }

    private static DatumPatch read(DatumPatchData form) {
        return new DatumPatch(
                key(form.getDatacenter(), form.getId()),
                new DatumVersion(form.getVersion()),
                form.getPublishersList().stream().map(DatumForms::read).toList(),
                form.getTombstonesList().stream().map(DatumForms::read).toList(),
                form.getGoneList().stream().map(RegistrationId::new).toList(),
                form.getCount(),
                form.getContentHash(),
                DatumForms.after(form.getAfterList()));
    }

    private static ReplicaAnswerData form(ReplicaAnswer answer) {
        ReplicaAnswerData.Builder form = ReplicaAnswerData.newBuilder()
                .setStatus(
                        switch (answer.status()) {
                            case DONE -> ReplicaStatusData.REPLICA_DONE;
                            case GAP -> ReplicaStatusData.REPLICA_GAP;
                            case REFUSED -> ReplicaStatusData.REPLICA_REFUSED;
                            case NO_REPLICA -> ReplicaStatusData.REPLICA_NONE;
                        })
                .setIncarnation(ClusterForms.form(answer.known().incarnation()))
                .setEpoch(answer.known().epoch().value())
                .setSequence(answer.sequence())
                .setCeiling(answer.ceiling().value())
                .setMore(answer.holding().hasMore())
                .setWhole(answer.holding().isWhole());
        answer.holding().wanted().forEach(each -> form.addWanted(form(each)));
        answer.holding().words().forEach(each -> form.addWords(form(each)));
        answer.holding().held().forEach(each -> form.addHeld(DatumForms.form(each)));
        return form.build();
    }

    private static ReplicaAnswer read(ReplicaAnswerData form) {
        return new ReplicaAnswer(
                switch (form.getStatus()) {
                    case REPLICA_DONE -> ReplicaAnswer.Status.DONE;
                    case REPLICA_GAP -> ReplicaAnswer.Status.GAP;
                    case REPLICA_REFUSED -> ReplicaAnswer.Status.REFUSED;
                    case REPLICA_NONE -> ReplicaAnswer.Status.NO_REPLICA;
                    case REPLICA_UNSPECIFIED, UNRECOGNIZED ->
                        throw new IllegalArgumentException("no known status of a replica");
                },
                new Leadership(ClusterForms.read(form.getIncarnation()), new LeaderEpoch(form.getEpoch())),
                form.getSequence(),
                new DatumVersion(form.getCeiling()),
                new ReplicaHolding(
                        form.getWantedList().stream().map(ReplicaForms::read).toList(),
                        form.getHeldList().stream().map(DatumForms::read).toList(),
                        form.getWordsList().stream().map(ReplicaForms::read).toList(),
                        form.getMore(),
                        form.getWhole()));
    }
}
