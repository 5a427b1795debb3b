package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.message.SessionTotals;
import io.twinspan.registry.node.wire.proto.FederationEpochData;
import io.twinspan.registry.node.wire.proto.FederationStateData;
import io.twinspan.registry.node.wire.proto.FederationViewData;
import io.twinspan.registry.node.wire.proto.SessionTotalsAnswer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of duty as protobuf messages and back; refuses as {@link DatumForms} does. */
public final class FederationForms {
    private FederationForms() {}

    /** A state. */
    public static FederationStateData form(FederationState state) {
        FederationStateData.Builder form = FederationStateData.newBuilder()
                .addAllLineage(forms(state.lineage()))
                .addAllSettled(forms(state.settled()))
                .addAllContested(forms(state.contested()));
        FederationEpoch epoch = state.epoch();
        if (epoch != null) {
            form.setEpoch(form(epoch));
        }
        state.duties().forEach((datacenter, duty) -> form.putDuties(datacenter.name(), duty.name()));
        return form.build();
    }

    /** A state. */
    public static FederationState read(FederationStateData form) {
        Map<DatacenterId, Duty> duties = new HashMap<>();
        form.getDutiesMap().forEach((name, word) -> duties.put(new DatacenterId(name), Duty.valueOf(word)));
        return new FederationState(
                form.hasEpoch() ? read(form.getEpoch()) : null,
                duties,
                read(form.getLineageList()),
                Set.copyOf(read(form.getSettledList())),
                Set.copyOf(read(form.getContestedList())));
    }

    /** What clients have registered. */
    public static SessionTotalsAnswer form(SessionTotals totals) {
        return SessionTotalsAnswer.newBuilder()
                .setPublishers(totals.publishers())
                .setSubscribers(totals.subscribers())
                .setWatchers(totals.watchers())
                .build();
    }

    /** What clients have registered. */
    public static SessionTotals read(SessionTotalsAnswer form) {
        return new SessionTotals(form.getPublishers(), form.getSubscribers(), form.getWatchers());
    }

    /** An epoch. */
    public static FederationEpochData form(FederationEpoch epoch) {
        return FederationEpochData.newBuilder()
                .setNumber(epoch.number())
                .setIssuer(epoch.issuer().name())
                .build();
    }

    /** An epoch. */
    public static FederationEpoch read(FederationEpochData form) {
        return new FederationEpoch(form.getNumber(), new DatacenterId(form.getIssuer()));
    }

    static FederationViewData form(FederationView view) {
        FederationViewData.Builder form = FederationViewData.newBuilder()
                .setOwn(view.own().name())
                .setState(form(view.state()))
                .setAlone(view.isAlone());
        view.unconfirmed().stream().map(DatacenterId::name).sorted().forEach(form::addUnconfirmed);
        return form.build();
    }

    static FederationView read(FederationViewData form) {
        return new FederationView(
                new DatacenterId(form.getOwn()),
                read(form.getState()),
                form.getAlone(),
                form.getUnconfirmedList().stream().map(DatacenterId::new).collect(Collectors.toSet()));
    }

    private static List<FederationEpochData> forms(Collection<FederationEpoch> epochs) {
        return epochs.stream().sorted().map(FederationForms::form).toList();
    }

    private static List<FederationEpoch> read(List<FederationEpochData> forms) {
        return forms.stream().map(FederationForms::read).toList();
    }
}
