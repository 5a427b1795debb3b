package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.CompareProvided;
import io.twinspan.registry.message.ConfigStatus;
import io.twinspan.registry.message.FetchConfigStatus;
import io.twinspan.registry.message.FetchWatchers;
import io.twinspan.registry.message.OfferProvided;
import io.twinspan.registry.message.ProvidedComparison;
import io.twinspan.registry.message.ProvidedDigest;
import io.twinspan.registry.message.ProvidedHeld;
import io.twinspan.registry.message.WatcherState;
import io.twinspan.registry.message.Watchers;
import io.twinspan.registry.node.wire.proto.CompareProvidedRequest;
import io.twinspan.registry.node.wire.proto.ConfigStatusAnswer;
import io.twinspan.registry.node.wire.proto.FetchConfigStatusRequest;
import io.twinspan.registry.node.wire.proto.FetchWatchersRequest;
import io.twinspan.registry.node.wire.proto.OfferProvidedRequest;
import io.twinspan.registry.node.wire.proto.ProvidedComparisonAnswer;
import io.twinspan.registry.node.wire.proto.ProvidedDigestData;
import io.twinspan.registry.node.wire.proto.ProvidedHeldAnswer;
import io.twinspan.registry.node.wire.proto.WatcherStateData;
import io.twinspan.registry.node.wire.proto.WatchersAnswer;

/** What metas of several datacenters, and sessions, say of provided configuration, as protobuf messages and back. */
final class ConfigForms {
    private ConfigForms() {}

    static OfferProvidedRequest form(OfferProvided request) {
        OfferProvidedRequest.Builder form =
                OfferProvidedRequest.newBuilder().setDatacenter(request.from().name());
        request.values().forEach(value -> form.addValues(ClusterForms.form(value)));
        return form.build();
    }

    static OfferProvided read(OfferProvidedRequest form) {
        return new OfferProvided(
                new DatacenterId(form.getDatacenter()),
                form.getValuesList().stream().map(ClusterForms::read).toList());
    }

    static ProvidedHeldAnswer form(ProvidedHeld answer) {
        ProvidedHeldAnswer.Builder form = ProvidedHeldAnswer.newBuilder();
        answer.held().forEach(each -> form.addHeld(form(each)));
        return form.build();
    }

    static ProvidedHeld read(ProvidedHeldAnswer form) {
        return new ProvidedHeld(
                form.getHeldList().stream().map(ConfigForms::read).toList());
    }

    static CompareProvidedRequest form(CompareProvided request) {
        CompareProvidedRequest.Builder form =
                CompareProvidedRequest.newBuilder().setRoot(request.root()).setRootOnly(request.isRootOnly());
        request.entries().forEach(each -> form.addEntries(form(each)));
        return form.build();
    }

    static CompareProvided read(CompareProvidedRequest form) {
        return new CompareProvided(
                form.getRoot(),
                form.getRootOnly(),
                form.getEntriesList().stream().map(ConfigForms::read).toList());
    }

    static ProvidedComparisonAnswer form(ProvidedComparison answer) {
        ProvidedComparisonAnswer.Builder form =
                ProvidedComparisonAnswer.newBuilder().setEqual(answer.isEqual()).setMore(answer.hasMore());
        answer.newer().forEach(value -> form.addNewer(ClusterForms.form(value)));
        answer.wanted().forEach(id -> form.addWanted(DatumForms.form(id)));
        return form.build();
    }

    static ProvidedComparison read(ProvidedComparisonAnswer form) {
        return new ProvidedComparison(
                form.getEqual(),
                form.getNewerList().stream().map(ClusterForms::read).toList(),
                form.getWantedList().stream().map(DatumForms::read).toList(),
                form.getMore());
    }

    static FetchConfigStatusRequest form(FetchConfigStatus request) {
        return FetchConfigStatusRequest.newBuilder()
                .setId(DatumForms.form(request.id()))
                .build();
    }

    static FetchConfigStatus read(FetchConfigStatusRequest form) {
        return new FetchConfigStatus(DatumForms.read(form.getId()));
    }

    static ConfigStatusAnswer form(ConfigStatus answer) {
        ConfigStatusAnswer.Builder form =
                ConfigStatusAnswer.newBuilder().setHeld(form(answer.held())).setSilentSessions(answer.silentSessions());
        answer.watchers().forEach(each -> form.addWatchers(form(each)));
        return form.build();
    }

    static ConfigStatus read(ConfigStatusAnswer form) {
        return new ConfigStatus(
                read(form.getHeld()),
                form.getWatchersList().stream().map(ConfigForms::read).toList(),
                form.getSilentSessions());
    }

    static FetchWatchersRequest form(FetchWatchers request) {
        return FetchWatchersRequest.newBuilder()
                .setId(DatumForms.form(request.id()))
                .build();
    }

    static FetchWatchers read(FetchWatchersRequest form) {
        return new FetchWatchers(DatumForms.read(form.getId()));
    }

    static WatchersAnswer form(Watchers answer) {
        WatchersAnswer.Builder form = WatchersAnswer.newBuilder();
        answer.watchers().forEach(each -> form.addWatchers(form(each)));
        return form.build();
    }

    static Watchers read(WatchersAnswer form) {
        return new Watchers(
                form.getWatchersList().stream().map(ConfigForms::read).toList());
    }

    private static ProvidedDigestData form(ProvidedDigest digest) {
        return ProvidedDigestData.newBuilder()
                .setId(DatumForms.form(digest.id()))
                .setVersion(digest.version())
                .setContentHash(digest.contentHash())
                .build();
    }

    private static ProvidedDigest read(ProvidedDigestData form) {
        return new ProvidedDigest(DatumForms.read(form.getId()), form.getVersion(), form.getContentHash());
    }

    private static WatcherStateData form(WatcherState state) {
        return WatcherStateData.newBuilder()
                .setClient(state.client())
                .setRegistId(state.registId())
                .setAcknowledged(state.acknowledged())
                .build();
    }

    private static WatcherState read(WatcherStateData form) {
        return new WatcherState(form.getClient(), form.getRegistId(), form.getAcknowledged());
    }
}
