package io.twinspan.registry.node.wire;

import io.twinspan.registry.message.MetaGroup;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.node.wire.proto.MetaGroupAnswer;
import io.twinspan.registry.node.wire.proto.OperatorAnswerAnswer;
import io.twinspan.registry.node.wire.proto.OperatorCallRequest;

/** What metas say to one another, as protobuf messages and back. */
final class MetaForms {
    private MetaForms() {}

    static OperatorCallRequest form(OperatorCall request) {
        return OperatorCallRequest.newBuilder()
                .setPath(request.path())
                .setQuery(request.query())
                .setBody(request.body())
                .build();
    }

    static OperatorCall read(OperatorCallRequest form) {
        return new OperatorCall(form.getPath(), form.getQuery(), form.getBody());
    }

    static OperatorAnswerAnswer form(OperatorAnswer answer) {
        return OperatorAnswerAnswer.newBuilder()
                .setStatus(answer.status())
                .setBody(answer.body())
                .build();
    }

    static OperatorAnswer read(OperatorAnswerAnswer form) {
        return new OperatorAnswer(form.getStatus(), form.getBody());
    }

    static MetaGroupAnswer form(MetaGroup answer) {
        MetaGroupAnswer.Builder form = MetaGroupAnswer.newBuilder();
        if (answer.leader() != null) {
            form.setLeader(ClusterForms.form(answer.leader()));
        }
        answer.members().forEach(each -> form.addMembers(ClusterForms.form(each)));
        return form.build();
    }

    static MetaGroup read(MetaGroupAnswer form) {
        return new MetaGroup(
                form.hasLeader() ? ClusterForms.read(form.getLeader()) : null,
                form.getMembersList().stream().map(ClusterForms::read).toList());
    }
}
