package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveStage;
import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.message.FetchMove;
import io.twinspan.registry.message.MoveStanding;
import io.twinspan.registry.message.ShareMove;
import io.twinspan.registry.node.wire.proto.AnswerEnvelope;
import io.twinspan.registry.node.wire.proto.FetchMoveRequest;
import io.twinspan.registry.node.wire.proto.MoveOrderData;
import io.twinspan.registry.node.wire.proto.MoveProgressData;
import io.twinspan.registry.node.wire.proto.MoveStandingAnswer;
import io.twinspan.registry.node.wire.proto.MoveViewAnswer;
import io.twinspan.registry.node.wire.proto.RequestEnvelope;
import io.twinspan.registry.node.wire.proto.ShareMoveRequest;

/** Moves between datacenters as protobuf messages and back; refuses as {@link DatumForms} does. */
public final class MoveForms {
    private MoveForms() {}

    /** An order. */
    public static MoveOrderData form(MoveOrder order) {
        return MoveOrderData.newBuilder()
                .setVersion(order.version())
                .setRun(order.run())
                .setEpoch(order.epoch().number())
                .setIssuer(order.epoch().issuer().name())
                .setSource(order.source().name())
                .setTarget(order.target().name())
                .setStage(order.stage().word())
                .setChangedMillis(order.changedMillis())
                .build();
    }

    /** An order. */
    public static MoveOrder read(MoveOrderData form) {
        return new MoveOrder(
                form.getVersion(),
                form.getRun(),
                new FederationEpoch(form.getEpoch(), new DatacenterId(form.getIssuer())),
                new DatacenterId(form.getSource()),
                new DatacenterId(form.getTarget()),
                MoveStage.ofWord(form.getStage()),
                form.getChangedMillis());
    }

    static MoveProgressData form(MoveProgress progress) {
        return MoveProgressData.newBuilder()
                .setRun(progress.run())
                .setConnectionsLeft(progress.connectionsLeft())
                .setClosed(progress.closed())
                .setAwaited(progress.awaited())
                .setMoving(progress.moving())
                .setOver(progress.over())
                .setOverdue(progress.overdue())
                .setMissing(progress.missing())
                .setUnknown(progress.unknown())
                .addAllNotOver(progress.notOver())
                .build();
    }

    static MoveProgress read(MoveProgressData form) {
        return new MoveProgress(
                form.getRun(),
                form.getConnectionsLeft(),
                form.getClosed(),
                form.getAwaited(),
                form.getMoving(),
                form.getOver(),
                form.getOverdue(),
                form.getMissing(),
                form.getUnknown(),
                form.getNotOverList());
    }

    static void requests(MessageKinds<RequestEnvelope.Builder, RequestEnvelope, RequestEnvelope.RequestCase> kinds) {
        kinds.kind(
                        FetchMove.class,
                        RequestEnvelope.RequestCase.FETCH_MOVE,
                        (form, q) -> form.setFetchMove(FetchMoveRequest.getDefaultInstance()),
                        form -> new FetchMove())
                .kind(
                        ShareMove.class,
                        RequestEnvelope.RequestCase.SHARE_MOVE,
                        (form, q) -> form.setShareMove(ShareMoveRequest.newBuilder()
                                .setDatacenter(q.from().name())
                                .setStanding(form(q.standing()))),
                        form -> new ShareMove(
                                new DatacenterId(form.getShareMove().getDatacenter()),
                                read(form.getShareMove().getStanding())));
    }

    static void answers(MessageKinds<AnswerEnvelope.Builder, AnswerEnvelope, AnswerEnvelope.AnswerCase> kinds) {
        kinds.kind(
                        MoveView.class,
                        AnswerEnvelope.AnswerCase.MOVE_VIEW,
                        (form, a) -> form.setMoveView(form(a)),
                        form -> read(form.getMoveView()))
                .kind(
                        MoveStanding.class,
                        AnswerEnvelope.AnswerCase.MOVE_STANDING,
                        (form, a) -> form.setMoveStanding(form(a)),
                        form -> read(form.getMoveStanding()));
    }

    private static MoveViewAnswer form(MoveView view) {
        MoveViewAnswer.Builder form =
                MoveViewAnswer.newBuilder().setVersion(view.version()).setGranted(view.isGranted());
        MoveOrder order = view.order();
        if (order != null) {
            form.setOrder(form(order));
        }
        view.servers().forEach(each -> form.addServers(ClusterForms.form(each)));
        return form.build();
    }

    private static MoveView read(MoveViewAnswer form) {
        return new MoveView(
                form.getVersion(),
                form.hasOrder() ? read(form.getOrder()) : null,
                form.getGranted(),
                form.getServersList().stream().map(ClusterForms::read).toList());
    }

    private static MoveStandingAnswer form(MoveStanding standing) {
        MoveStandingAnswer.Builder form = MoveStandingAnswer.newBuilder().setGranting(standing.isGranting());
        MoveOrder order = standing.order();
        if (order != null) {
            form.setOrder(form(order));
        }
        standing.servers().forEach(each -> form.addServers(ClusterForms.form(each)));
        return form.build();
    }

    private static MoveStanding read(MoveStandingAnswer form) {
        return new MoveStanding(
                form.hasOrder() ? read(form.getOrder()) : null,
                form.getGranting(),
                form.getServersList().stream().map(ClusterForms::read).toList());
    }
}
