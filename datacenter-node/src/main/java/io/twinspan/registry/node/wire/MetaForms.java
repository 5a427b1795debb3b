package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.message.MetaGroup;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.node.wire.proto.FollowerData;
import io.twinspan.registry.node.wire.proto.MetaGroupAnswer;
import io.twinspan.registry.node.wire.proto.OperatorAnswerAnswer;
import io.twinspan.registry.node.wire.proto.OperatorCallRequest;
import io.twinspan.registry.node.wire.proto.RenewLeaseRequest;
import io.twinspan.registry.node.wire.proto.SlotReportData;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.List;

/** What metas are told, by nodes and by one another, as protobuf messages and back. */
final class MetaForms {
    private MetaForms() {}

    static RenewLeaseRequest form(RenewLease request) {
        RenewLeaseRequest.Builder form = RenewLeaseRequest.newBuilder()
                .setMember(ClusterForms.form(request.member()))
                .setUnfitToLead(!request.isFitToLead())
                .setPushVersion(request.pushVersion());
        if (request.federation() != null) {
            form.setFederation(FederationForms.form(request.federation()));
        }
        for (SlotReport each : request.slots()) {
            SlotReportData.Builder slot = SlotReportData.newBuilder()
                    .setSlot(each.slot().number())
                    .setEpoch(each.epoch().value())
                    .setSettled(each.isSettled());
            each.followers()
                    .forEach(follower -> slot.addFollowers(FollowerData.newBuilder()
                            .setNode(follower.node().value())
                            .setCurrent(follower.isCurrent())
                            .setLag(follower.lag())));
            form.addSlots(slot);
        }
        MoveProgress progress = request.progress();
        if (progress != null) {
            form.setMoveProgress(MoveForms.form(progress));
        }
        return form.build();
    }

    static RenewLease read(RenewLeaseRequest form) {
        List<SlotReport> slots = new ArrayList<>(form.getSlotsCount());
        for (SlotReportData each : form.getSlotsList()) {
            List<SlotReport.Follower> followers = each.getFollowersList().stream()
                    .map(follower -> new SlotReport.Follower(
                            new NodeId(follower.getNode()), follower.getCurrent(), follower.getLag()))
                    .toList();
            slots.add(new SlotReport(
                    new SlotId(each.getSlot()), new LeaderEpoch(each.getEpoch()), each.getSettled(), followers));
        }
        return new RenewLease(
                ClusterForms.read(form.getMember()),
                slots,
                !form.getUnfitToLead(),
                form.getPushVersion(),
                form.hasMoveProgress() ? MoveForms.read(form.getMoveProgress()) : null,
                form.hasFederation() ? FederationForms.read(form.getFederation()) : null);
    }

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
        MetaGroupAnswer.Builder form = MetaGroupAnswer.newBuilder()
                .setName(answer.name())
                .setIncarnation(ClusterForms.form(answer.incarnation()))
                .setMandated(answer.isMandated());
        if (answer.leader() != null) {
            form.setLeader(ClusterForms.form(answer.leader()));
        }
        answer.members().forEach(each -> form.addMembers(ClusterForms.form(each)));
        return form.build();
    }

    static MetaGroup read(MetaGroupAnswer form) {
        return new MetaGroup(
                form.hasLeader() ? ClusterForms.read(form.getLeader()) : null,
                form.getMembersList().stream().map(ClusterForms::read).toList(),
                form.getName(),
                ClusterForms.read(form.getIncarnation()),
                form.getMandated());
    }
}
