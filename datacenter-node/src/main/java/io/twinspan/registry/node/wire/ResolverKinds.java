package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.FetchLiveSessions;
import io.twinspan.registry.message.LiveSessions;
import io.twinspan.registry.node.wire.proto.AnswerEnvelope;
import io.twinspan.registry.node.wire.proto.FetchLiveSessionsRequest;
import io.twinspan.registry.node.wire.proto.LiveSessionsAnswer;
import io.twinspan.registry.node.wire.proto.RequestEnvelope;

/** The kinds of messages that resolvers need. */
final class ResolverKinds {
    private ResolverKinds() {}

    static void requests(MessageKinds<RequestEnvelope.Builder, RequestEnvelope, RequestEnvelope.RequestCase> kinds) {
        kinds.kind(
                FetchLiveSessions.class,
                RequestEnvelope.RequestCase.FETCH_LIVE_SESSIONS,
                (form, q) -> form.setFetchLiveSessions(
                        FetchLiveSessionsRequest.newBuilder().setKnown(q.known())),
                form -> new FetchLiveSessions(form.getFetchLiveSessions().getKnown()));
    }

    static void answers(MessageKinds<AnswerEnvelope.Builder, AnswerEnvelope, AnswerEnvelope.AnswerCase> kinds) {
        kinds.kind(
                LiveSessions.class,
                AnswerEnvelope.AnswerCase.LIVE_SESSIONS,
                (form, a) -> {
                    LiveSessionsAnswer.Builder answer = LiveSessionsAnswer.newBuilder()
                            .setDatacenter(a.datacenter().name())
                            .setMark(a.mark());
                    a.sessions().forEach(each -> answer.addSessions(ClusterForms.form(each)));
                    form.setLiveSessions(answer);
                },
                form -> new LiveSessions(
                        new DatacenterId(form.getLiveSessions().getDatacenter()),
                        form.getLiveSessions().getMark(),
                        form.getLiveSessions().getSessionsList().stream()
                                .map(ClusterForms::read)
                                .toList()));
    }
}
