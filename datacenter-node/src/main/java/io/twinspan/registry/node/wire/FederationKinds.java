package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.DutyHeld;
import io.twinspan.registry.message.FederationCall;
import io.twinspan.registry.message.FetchHoldings;
import io.twinspan.registry.message.FetchSessionTotals;
import io.twinspan.registry.message.Holdings;
import io.twinspan.registry.message.OfferDuty;
import io.twinspan.registry.message.SessionTotals;
import io.twinspan.registry.node.wire.proto.AnswerEnvelope;
import io.twinspan.registry.node.wire.proto.DutyHeldAnswer;
import io.twinspan.registry.node.wire.proto.FederationCallRequest;
import io.twinspan.registry.node.wire.proto.FetchHoldingsRequest;
import io.twinspan.registry.node.wire.proto.FetchSessionTotalsRequest;
import io.twinspan.registry.node.wire.proto.HoldingsAnswer;
import io.twinspan.registry.node.wire.proto.HoldingsOfPeerData;
import io.twinspan.registry.node.wire.proto.OfferDutyRequest;
import io.twinspan.registry.node.wire.proto.RequestEnvelope;

/** The kinds of messages about duty and failover. */
final class FederationKinds {
    private FederationKinds() {}

    static void requests(MessageKinds<RequestEnvelope.Builder, RequestEnvelope, RequestEnvelope.RequestCase> kinds) {
        kinds.kind(
                        OfferDuty.class,
                        RequestEnvelope.RequestCase.OFFER_DUTY,
                        (form, q) -> form.setOfferDuty(OfferDutyRequest.newBuilder()
                                .setDatacenter(q.from().name())
                                .setState(FederationForms.form(q.state()))),
                        form -> new OfferDuty(
                                new DatacenterId(form.getOfferDuty().getDatacenter()),
                                FederationForms.read(form.getOfferDuty().getState())))
                .kind(
                        FederationCall.class,
                        RequestEnvelope.RequestCase.FEDERATION_CALL,
                        (form, q) -> form.setFederationCall(FederationCallRequest.newBuilder()
                                .setDatacenter(q.from().name())
                                .setCall(MetaForms.form(q.call()))),
                        form -> new FederationCall(
                                new DatacenterId(form.getFederationCall().getDatacenter()),
                                MetaForms.read(form.getFederationCall().getCall())))
                .kind(
                        FetchHoldings.class,
                        RequestEnvelope.RequestCase.FETCH_HOLDINGS,
                        (form, q) -> form.setFetchHoldings(FetchHoldingsRequest.getDefaultInstance()),
                        form -> new FetchHoldings())
                .kind(
                        FetchSessionTotals.class,
                        RequestEnvelope.RequestCase.FETCH_SESSION_TOTALS,
                        (form, q) -> form.setFetchSessionTotals(FetchSessionTotalsRequest.getDefaultInstance()),
                        form -> new FetchSessionTotals());
    }

    static void answers(MessageKinds<AnswerEnvelope.Builder, AnswerEnvelope, AnswerEnvelope.AnswerCase> kinds) {
        kinds.kind(
                        DutyHeld.class,
                        AnswerEnvelope.AnswerCase.DUTY_HELD,
                        (form, a) -> form.setDutyHeld(DutyHeldAnswer.newBuilder()
                                .setState(FederationForms.form(a.state()))
                                .setRefusal(a.refusal())),
                        form -> new DutyHeld(
                                FederationForms.read(form.getDutyHeld().getState()),
                                form.getDutyHeld().getRefusal()))
                .kind(
                        Holdings.class,
                        AnswerEnvelope.AnswerCase.HOLDINGS,
                        (form, a) -> form.setHoldings(form(a)),
                        form -> read(form.getHoldings()))
                .kind(
                        SessionTotals.class,
                        AnswerEnvelope.AnswerCase.SESSION_TOTALS,
                        (form, a) -> form.setSessionTotals(FederationForms.form(a)),
                        form -> FederationForms.read(form.getSessionTotals()));
    }

    private static HoldingsAnswer form(Holdings holdings) {
        HoldingsAnswer.Builder form = HoldingsAnswer.newBuilder()
                .setPublishers(holdings.publishers())
                .setServices(holdings.services())
                .setSettled(holdings.isSettled());
        holdings.peers()
                .forEach(each -> form.addPeers(HoldingsOfPeerData.newBuilder()
                        .setPeer(each.peer().name())
                        .setWord(each.word())
                        .setKnown(each.known())
                        .setHeld(each.held())
                        .setStale(each.stale())
                        .setLagSeconds(each.lagSeconds())
                        .setOutdated(each.outdated())
                        .addAllByVersionOnly(each.byVersionOnly())));
        return form.build();
    }

    private static Holdings read(HoldingsAnswer form) {
        return new Holdings(
                form.getPublishers(),
                form.getServices(),
                form.getSettled(),
                form.getPeersList().stream()
                        .map(each -> new Holdings.OfPeer(
                                new DatacenterId(each.getPeer()),
                                each.getWord(),
                                each.getKnown(),
                                each.getHeld(),
                                each.getStale(),
                                each.getLagSeconds(),
                                each.getOutdated(),
                                each.getByVersionOnlyList()))
                        .toList());
    }
}
