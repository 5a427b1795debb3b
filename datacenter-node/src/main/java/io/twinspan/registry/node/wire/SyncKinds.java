package io.twinspan.registry.node.wire;

import io.twinspan.registry.message.FetchSlotContent;
import io.twinspan.registry.message.FetchSlotDigest;
import io.twinspan.registry.message.FetchSlotRoots;
import io.twinspan.registry.message.SlotContent;
import io.twinspan.registry.message.SlotDigest;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.node.wire.proto.AnswerEnvelope;
import io.twinspan.registry.node.wire.proto.RequestEnvelope;

/** The kinds of messages by which a datacenter asks another directly for what is announced. */
final class SyncKinds {
    private SyncKinds() {}

    static void requests(MessageKinds<RequestEnvelope.Builder, RequestEnvelope, RequestEnvelope.RequestCase> kinds) {
        kinds.kind(
                        FetchSlotRoots.class,
                        RequestEnvelope.RequestCase.FETCH_SLOT_ROOTS,
                        (form, q) -> form.setFetchSlotRoots(SyncForms.form(q)),
                        form -> SyncForms.read(form.getFetchSlotRoots()))
                .kind(
                        FetchSlotDigest.class,
                        RequestEnvelope.RequestCase.FETCH_SLOT_DIGEST,
                        (form, q) -> form.setFetchSlotDigest(SyncForms.form(q)),
                        form -> SyncForms.read(form.getFetchSlotDigest()))
                .kind(
                        FetchSlotContent.class,
                        RequestEnvelope.RequestCase.FETCH_SLOT_CONTENT,
                        (form, q) -> form.setFetchSlotContent(SyncForms.form(q)),
                        form -> SyncForms.read(form.getFetchSlotContent()));
    }

    static void answers(MessageKinds<AnswerEnvelope.Builder, AnswerEnvelope, AnswerEnvelope.AnswerCase> kinds) {
        kinds.kind(
                        SlotRoots.class,
                        AnswerEnvelope.AnswerCase.SLOT_ROOTS,
                        (form, a) -> form.setSlotRoots(SyncForms.form(a)),
                        form -> SyncForms.read(form.getSlotRoots()))
                .kind(
                        SlotDigest.class,
                        AnswerEnvelope.AnswerCase.SLOT_DIGEST,
                        (form, a) -> form.setSlotDigest(SyncForms.form(a)),
                        form -> SyncForms.read(form.getSlotDigest()))
                .kind(
                        SlotContent.class,
                        AnswerEnvelope.AnswerCase.SLOT_CONTENT,
                        (form, a) -> form.setSlotContent(SyncForms.form(a)),
                        form -> SyncForms.read(form.getSlotContent()));
    }
}
