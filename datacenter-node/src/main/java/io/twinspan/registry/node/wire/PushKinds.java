package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.FetchPushBacklog;
import io.twinspan.registry.message.FetchPushSwitch;
import io.twinspan.registry.message.PushBacklog;
import io.twinspan.registry.message.PushSwitchCall;
import io.twinspan.registry.node.wire.proto.AnswerEnvelope;
import io.twinspan.registry.node.wire.proto.FetchPushBacklogRequest;
import io.twinspan.registry.node.wire.proto.FetchPushSwitchRequest;
import io.twinspan.registry.node.wire.proto.PushBacklogAnswer;
import io.twinspan.registry.node.wire.proto.PushSwitchCallRequest;
import io.twinspan.registry.node.wire.proto.RequestEnvelope;
import io.twinspan.registry.pushswitch.PushSwitch;

/** The kinds of messages about the push switch. */
final class PushKinds {
    private PushKinds() {}

    static void requests(MessageKinds<RequestEnvelope.Builder, RequestEnvelope, RequestEnvelope.RequestCase> kinds) {
        kinds.kind(
                        FetchPushSwitch.class,
                        RequestEnvelope.RequestCase.FETCH_PUSH_SWITCH,
                        (form, q) -> form.setFetchPushSwitch(FetchPushSwitchRequest.getDefaultInstance()),
                        form -> new FetchPushSwitch())
                .kind(
                        FetchPushBacklog.class,
                        RequestEnvelope.RequestCase.FETCH_PUSH_BACKLOG,
                        (form, q) -> form.setFetchPushBacklog(FetchPushBacklogRequest.getDefaultInstance()),
                        form -> new FetchPushBacklog())
                .kind(
                        PushSwitchCall.class,
                        RequestEnvelope.RequestCase.PUSH_SWITCH_CALL,
                        (form, q) -> form.setPushSwitchCall(PushSwitchCallRequest.newBuilder()
                                .setDatacenter(q.from().name())
                                .setCall(MetaForms.form(q.call()))),
                        form -> new PushSwitchCall(
                                new DatacenterId(form.getPushSwitchCall().getDatacenter()),
                                MetaForms.read(form.getPushSwitchCall().getCall())));
    }

    static void answers(MessageKinds<AnswerEnvelope.Builder, AnswerEnvelope, AnswerEnvelope.AnswerCase> kinds) {
        kinds.kind(
                        PushSwitch.class,
                        AnswerEnvelope.AnswerCase.PUSH_SWITCH,
                        (form, a) -> form.setPushSwitch(PushSwitchForms.form(a)),
                        form -> PushSwitchForms.read(form.getPushSwitch()))
                .kind(
                        PushBacklog.class,
                        AnswerEnvelope.AnswerCase.PUSH_BACKLOG,
                        (form, a) -> form.setPushBacklog(PushBacklogAnswer.newBuilder()
                                .setPushVersion(a.pushVersion())
                                .setServices(a.services())
                                .setClients(a.clients())
                                .setPushes(a.pushes())),
                        form -> new PushBacklog(
                                form.getPushBacklog().getPushVersion(),
                                form.getPushBacklog().getServices(),
                                form.getPushBacklog().getClients(),
                                form.getPushBacklog().getPushes()));
    }
}
