package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.DatumsChanged;
import io.twinspan.registry.message.DropInterest;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.Interest;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.RenewSession;
import io.twinspan.registry.message.SessionSlotDigest;
import io.twinspan.registry.message.SyncInterest;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.node.wire.proto.ApplyChangesRequest;
import io.twinspan.registry.node.wire.proto.DatumNoticeData;
import io.twinspan.registry.node.wire.proto.DatumQueryData;
import io.twinspan.registry.node.wire.proto.DatumsChangedRequest;
import io.twinspan.registry.node.wire.proto.DropInterestRequest;
import io.twinspan.registry.node.wire.proto.FetchDatumsRequest;
import io.twinspan.registry.node.wire.proto.FetchProvidedRequest;
import io.twinspan.registry.node.wire.proto.InterestData;
import io.twinspan.registry.node.wire.proto.RaiseVersionRequest;
import io.twinspan.registry.node.wire.proto.RegistrationChangeData;
import io.twinspan.registry.node.wire.proto.RemovalCauseData;
import io.twinspan.registry.node.wire.proto.RemoveData;
import io.twinspan.registry.node.wire.proto.RenewSessionRequest;
import io.twinspan.registry.node.wire.proto.SessionSlotDigestData;
import io.twinspan.registry.node.wire.proto.SyncInterestRequest;
import io.twinspan.registry.node.wire.proto.SyncPublishersRequest;
import io.twinspan.registry.node.wire.proto.UnregisterData;
import io.twinspan.registry.slot.SlotId;
import java.util.List;

/** The requests of sessions to slot leaders and metas as protobuf messages and back. */
final class RequestForms {
    private RequestForms() {}

    static FetchProvidedRequest form(FetchProvided request) {
        FetchProvidedRequest.Builder form = FetchProvidedRequest.newBuilder()
                .setSinceRevision(request.sinceRevision())
                .setMostBytes(request.mostBytes());
        DataInfoId after = request.after();
        if (after != null) {
            form.setAfter(DatumForms.form(after));
        }
        return form.build();
    }

    static FetchProvided read(FetchProvidedRequest form) {
        return new FetchProvided(
                form.getSinceRevision(),
                form.hasAfter() ? DatumForms.read(form.getAfter()) : null,
                form.getMostBytes());
    }

    static ApplyChangesRequest form(ApplyChanges request) {
        ApplyChangesRequest.Builder form =
                ApplyChangesRequest.newBuilder().setSession(DatumForms.form(request.session()));
        request.changes().forEach(each -> form.addChanges(form(each)));
        return form.build();
    }

    static ApplyChanges read(ApplyChangesRequest form) {
        return new ApplyChanges(
                DatumForms.read(form.getSession()),
                form.getChangesList().stream().map(RequestForms::read).toList());
    }

    private static RegistrationChangeData form(RegistrationChange each) {
        RegistrationChangeData.Builder form =
                RegistrationChangeData.newBuilder().setService(DatumForms.form(each.service()));
        DatumChange change = each.change();
        if (change instanceof DatumChange.Register register) {
            return form.setRegister(DatumForms.form(register.publisher())).build();
        }
        if (change instanceof DatumChange.Unregister unregister) {
            return form.setUnregister(UnregisterData.newBuilder()
                            .setId(unregister.id().value())
                            .setOrder(DatumForms.form(unregister.order()))
                            .setBy(DatumForms.form(unregister.by()))
                            .setOverridesOwner(unregister.overridesOwner()))
                    .build();
        }
        DatumChange.Remove remove = (DatumChange.Remove) change;
        return form.setRemove(RemoveData.newBuilder()
                        .setId(remove.id().value())
                        .setOwner(DatumForms.form(remove.owner()))
                        .setCause(form(remove.cause())))
                .build();
    }

    private static RegistrationChange read(RegistrationChangeData form) {
        DatumChange change = switch (form.getChangeCase()) {
            case REGISTER -> new DatumChange.Register(DatumForms.read(form.getRegister()));
            case UNREGISTER ->
                new DatumChange.Unregister(
                        new RegistrationId(form.getUnregister().getId()),
                        DatumForms.read(form.getUnregister().getOrder()),
                        DatumForms.read(form.getUnregister().getBy()),
                        form.getUnregister().getOverridesOwner());
            case REMOVE ->
                new DatumChange.Remove(
                        new RegistrationId(form.getRemove().getId()),
                        DatumForms.read(form.getRemove().getOwner()),
                        read(form.getRemove().getCause()));
            case CHANGE_NOT_SET -> throw new IllegalArgumentException("a change of no known kind");
        };
        return new RegistrationChange(DatumForms.read(form.getService()), change);
    }

    private static RemovalCauseData form(RemovalCause cause) {
        return switch (cause) {
            case CLIENT_OFF -> RemovalCauseData.CAUSE_CLIENT_OFF;
            case MOVING -> RemovalCauseData.CAUSE_MOVING;
            case CLIENT_CLOSED -> RemovalCauseData.CAUSE_CLIENT_CLOSED;
            case IDLE -> RemovalCauseData.CAUSE_IDLE;
            case CLOSED_BY_NODE -> RemovalCauseData.CAUSE_CLOSED_BY_NODE;
            case SESSION_LEASE_OVER -> RemovalCauseData.CAUSE_SESSION_LEASE_OVER;
            case UNCONFIRMED -> RemovalCauseData.CAUSE_UNCONFIRMED;
            case NOT_OVER -> RemovalCauseData.CAUSE_NOT_OVER;
        };
    }

    // A cause of a later release is one we cannot judge: it is held when it takes too much.
    private static RemovalCause read(RemovalCauseData form) {
        return switch (form) {
            case CAUSE_UNSPECIFIED, CAUSE_CLIENT_CLOSED -> RemovalCause.CLIENT_CLOSED;
            case CAUSE_CLIENT_OFF -> RemovalCause.CLIENT_OFF;
            case CAUSE_MOVING -> RemovalCause.MOVING;
            case CAUSE_IDLE -> RemovalCause.IDLE;
            case CAUSE_CLOSED_BY_NODE, UNRECOGNIZED -> RemovalCause.CLOSED_BY_NODE;
            case CAUSE_SESSION_LEASE_OVER -> RemovalCause.SESSION_LEASE_OVER;
            case CAUSE_UNCONFIRMED -> RemovalCause.UNCONFIRMED;
            case CAUSE_NOT_OVER -> RemovalCause.NOT_OVER;
        };
    }

    static SyncPublishersRequest form(SyncPublishers request) {
        SyncPublishersRequest.Builder form = SyncPublishersRequest.newBuilder()
                .setSession(DatumForms.form(request.session()))
                .setSlot(request.slot().number());
        for (SyncPublishers.Entry entry : request.entries()) {
            form.addEntries(SyncPublishersRequest.Entry.newBuilder()
                    .setService(DatumForms.form(entry.service()))
                    .setPublisher(DatumForms.form(entry.publisher())));
        }
        return form.build();
    }

    static SyncPublishers read(SyncPublishersRequest form) {
        List<SyncPublishers.Entry> entries = form.getEntriesList().stream()
                .map(each -> new SyncPublishers.Entry(
                        DatumForms.read(each.getService()), DatumForms.read(each.getPublisher())))
                .toList();
        return new SyncPublishers(DatumForms.read(form.getSession()), new SlotId(form.getSlot()), entries);
    }

    static FetchDatumsRequest form(FetchDatums request) {
        FetchDatumsRequest.Builder form = FetchDatumsRequest.newBuilder();
        if (request.interested() != null) {
            form.setInterested(DatumForms.form(request.interested()));
        }
        for (DatumQuery query : request.queries()) {
            form.addQueries(DatumQueryData.newBuilder()
                    .setDatacenter(query.datacenter().name())
                    .setId(DatumForms.form(query.id()))
                    .setKnown(query.known().value()));
        }
        return form.build();
    }

    static FetchDatums read(FetchDatumsRequest form) {
        List<DatumQuery> queries = form.getQueriesList().stream()
                .map(each -> new DatumQuery(
                        new DatacenterId(each.getDatacenter()),
                        DatumForms.read(each.getId()),
                        new DatumVersion(each.getKnown())))
                .toList();
        return new FetchDatums(form.hasInterested() ? DatumForms.read(form.getInterested()) : null, queries);
    }

    static DropInterestRequest form(DropInterest request) {
        DropInterestRequest.Builder form =
                DropInterestRequest.newBuilder().setSession(DatumForms.form(request.session()));
        request.services().forEach(each -> form.addServices(DatumForms.form(each)));
        return form.build();
    }

    static DropInterest read(DropInterestRequest form) {
        List<DataInfoId> services =
                form.getServicesList().stream().map(DatumForms::read).toList();
        return new DropInterest(DatumForms.read(form.getSession()), services);
    }

    static SyncInterestRequest form(SyncInterest request) {
        SyncInterestRequest.Builder form = SyncInterestRequest.newBuilder()
                .setSession(DatumForms.form(request.session()))
                .setSlot(request.slot().number());
        for (Interest each : request.interests()) {
            form.addInterests(InterestData.newBuilder()
                    .setService(DatumForms.form(each.service()))
                    .setGlobal(each.isGlobal()));
        }
        return form.build();
    }

    static SyncInterest read(SyncInterestRequest form) {
        List<Interest> interests = form.getInterestsList().stream()
                .map(each -> new Interest(DatumForms.read(each.getService()), each.getGlobal()))
                .toList();
        return new SyncInterest(DatumForms.read(form.getSession()), new SlotId(form.getSlot()), interests);
    }

    static RenewSessionRequest form(RenewSession request) {
        RenewSessionRequest.Builder form = RenewSessionRequest.newBuilder()
                .setSession(DatumForms.form(request.session()))
                .setNotices(ClusterForms.form(request.notices()));
        for (SessionSlotDigest each : request.slots()) {
            form.addSlots(SessionSlotDigestData.newBuilder()
                    .setSlot(each.slot().number())
                    .setPublishers(each.publishers())
                    .setPublishersHash(each.publishersHash())
                    .setInterestHash(each.interestHash()));
        }
        return form.build();
    }

    static RenewSession read(RenewSessionRequest form) {
        List<SessionSlotDigest> slots = form.getSlotsList().stream()
                .map(each -> new SessionSlotDigest(
                        new SlotId(each.getSlot()),
                        each.getPublishers(),
                        each.getPublishersHash(),
                        each.getInterestHash()))
                .toList();
        return new RenewSession(DatumForms.read(form.getSession()), ClusterForms.read(form.getNotices()), slots);
    }

    static DatumsChangedRequest form(DatumsChanged request) {
        DatumsChangedRequest.Builder form = DatumsChangedRequest.newBuilder();
        for (DatumNotice each : request.notices()) {
            form.addNotices(DatumNoticeData.newBuilder()
                    .setDatacenter(each.datacenter().name())
                    .setId(DatumForms.form(each.id()))
                    .setVersion(each.version().value()));
        }
        return form.build();
    }

    static DatumsChanged read(DatumsChangedRequest form) {
        return new DatumsChanged(form.getNoticesList().stream()
                .map(each -> new DatumNotice(
                        new DatacenterId(each.getDatacenter()),
                        DatumForms.read(each.getId()),
                        new DatumVersion(each.getVersion())))
                .toList());
    }

    static RaiseVersionRequest form(RaiseVersion request) {
        return RaiseVersionRequest.newBuilder()
                .setService(DatumForms.form(request.service()))
                .setFloor(request.floor().value())
                .setContentHash(request.contentHash())
                .build();
    }

    static RaiseVersion read(RaiseVersionRequest form) {
        return new RaiseVersion(
                DatumForms.read(form.getService()), new DatumVersion(form.getFloor()), form.getContentHash());
    }
}
