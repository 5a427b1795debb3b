package io.twinspan.registry.node.wire;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumsChanged;
import io.twinspan.registry.message.Done;
import io.twinspan.registry.message.DropInterest;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.FetchMetaGroup;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.message.LeadByRank;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.LedByRank;
import io.twinspan.registry.message.MetaGroup;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.RenewSession;
import io.twinspan.registry.message.ReplicasUpdated;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SessionDifferences;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.message.SyncInterest;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.message.UpdateReplicas;
import io.twinspan.registry.node.wire.proto.AnswerEnvelope;
import io.twinspan.registry.node.wire.proto.DoneAnswer;
import io.twinspan.registry.node.wire.proto.FetchClusterRequest;
import io.twinspan.registry.node.wire.proto.FetchMetaGroupRequest;
import io.twinspan.registry.node.wire.proto.RequestEnvelope;
import io.twinspan.registry.runtime.Caller;

/**
 * Requests and answers as bytes and back, each in an envelope with the sender's clock. A new message is one line in
 * {@link #REQUESTS} or {@link #ANSWERS}; a test fails while a record of the message package has none.
 */
public final class MessageCodec {
    private static final MessageKinds<RequestEnvelope.Builder, RequestEnvelope, RequestEnvelope.RequestCase> REQUESTS =
            new MessageKinds<RequestEnvelope.Builder, RequestEnvelope, RequestEnvelope.RequestCase>()
                    .kind(
                            RenewLease.class,
                            RequestEnvelope.RequestCase.RENEW_LEASE,
                            (form, q) -> form.setRenewLease(MetaForms.form(q)),
                            form -> MetaForms.read(form.getRenewLease()))
                    .kind(
                            FetchCluster.class,
                            RequestEnvelope.RequestCase.FETCH_CLUSTER,
                            (form, q) -> form.setFetchCluster(FetchClusterRequest.getDefaultInstance()),
                            form -> new FetchCluster())
                    .kind(
                            FetchProvided.class,
                            RequestEnvelope.RequestCase.FETCH_PROVIDED,
                            (form, q) -> form.setFetchProvided(RequestForms.form(q)),
                            form -> RequestForms.read(form.getFetchProvided()))
                    .kind(
                            ApplyChanges.class,
                            RequestEnvelope.RequestCase.APPLY_CHANGES,
                            (form, q) -> form.setApplyChanges(RequestForms.form(q)),
                            form -> RequestForms.read(form.getApplyChanges()))
                    .kind(
                            SyncPublishers.class,
                            RequestEnvelope.RequestCase.SYNC_PUBLISHERS,
                            (form, q) -> form.setSyncPublishers(RequestForms.form(q)),
                            form -> RequestForms.read(form.getSyncPublishers()))
                    .kind(
                            FetchDatums.class,
                            RequestEnvelope.RequestCase.FETCH_DATUMS,
                            (form, q) -> form.setFetchDatums(RequestForms.form(q)),
                            form -> RequestForms.read(form.getFetchDatums()))
                    .kind(
                            DropInterest.class,
                            RequestEnvelope.RequestCase.DROP_INTEREST,
                            (form, q) -> form.setDropInterest(RequestForms.form(q)),
                            form -> RequestForms.read(form.getDropInterest()))
                    .kind(
                            SyncInterest.class,
                            RequestEnvelope.RequestCase.SYNC_INTEREST,
                            (form, q) -> form.setSyncInterest(RequestForms.form(q)),
                            form -> RequestForms.read(form.getSyncInterest()))
                    .kind(
                            RenewSession.class,
                            RequestEnvelope.RequestCase.RENEW_SESSION,
                            (form, q) -> form.setRenewSession(RequestForms.form(q)),
                            form -> RequestForms.read(form.getRenewSession()))
                    .kind(
                            DatumsChanged.class,
                            RequestEnvelope.RequestCase.DATUMS_CHANGED,
                            (form, q) -> form.setDatumsChanged(RequestForms.form(q)),
                            form -> RequestForms.read(form.getDatumsChanged()))
                    .kind(
                            RaiseVersion.class,
                            RequestEnvelope.RequestCase.RAISE_VERSION,
                            (form, q) -> form.setRaiseVersion(RequestForms.form(q)),
                            form -> RequestForms.read(form.getRaiseVersion()))
                    .kind(
                            UpdateReplicas.class,
                            RequestEnvelope.RequestCase.UPDATE_REPLICAS,
                            (form, q) -> form.setUpdateReplicas(ReplicaForms.form(q)),
                            form -> ReplicaForms.read(form.getUpdateReplicas()))
                    .kind(
                            LeadByRank.class,
                            RequestEnvelope.RequestCase.LEAD_BY_RANK,
                            (form, q) -> form.setLeadByRank(ReplicaForms.form(q)),
                            form -> ReplicaForms.read(form.getLeadByRank()))
                    .kind(
                            OperatorCall.class,
                            RequestEnvelope.RequestCase.OPERATOR_CALL,
                            (form, q) -> form.setOperatorCall(MetaForms.form(q)),
                            form -> MetaForms.read(form.getOperatorCall()))
                    .kind(
                            FetchMetaGroup.class,
                            RequestEnvelope.RequestCase.FETCH_META_GROUP,
                            (form, q) -> form.setFetchMetaGroup(FetchMetaGroupRequest.getDefaultInstance()),
                            form -> new FetchMetaGroup())
                    .kind(
                            FetchSessionLoad.class,
                            RequestEnvelope.RequestCase.FETCH_SESSION_LOAD,
                            (form, q) -> form.setFetchSessionLoad(SessionForms.form(q)),
                            form -> SessionForms.read(form.getFetchSessionLoad()))
                    .kinds(ConfigKinds::requests)
                    .kinds(PushKinds::requests)
                    .kinds(FederationKinds::requests)
                    .kinds(MoveForms::requests)
                    .kinds(ResolverKinds::requests)
                    .kinds(SyncKinds::requests);

    private static final MessageKinds<AnswerEnvelope.Builder, AnswerEnvelope, AnswerEnvelope.AnswerCase> ANSWERS =
            new MessageKinds<AnswerEnvelope.Builder, AnswerEnvelope, AnswerEnvelope.AnswerCase>()
                    .kind(
                            Done.class,
                            AnswerEnvelope.AnswerCase.DONE,
                            (form, a) -> form.setDone(DoneAnswer.getDefaultInstance()),
                            form -> Done.DONE)
                    .kind(
                            LeaseGrant.class,
                            AnswerEnvelope.AnswerCase.LEASE_GRANT,
                            (form, a) -> form.setLeaseGrant(AnswerForms.form(a)),
                            form -> AnswerForms.read(form.getLeaseGrant()))
                    .kind(
                            ClusterState.class,
                            AnswerEnvelope.AnswerCase.CLUSTER_STATE,
                            (form, a) -> form.setClusterState(AnswerForms.form(a)),
                            form -> AnswerForms.read(form.getClusterState()))
                    .kind(
                            ProvidedChanges.class,
                            AnswerEnvelope.AnswerCase.PROVIDED_CHANGES,
                            (form, a) -> form.setProvidedChanges(AnswerForms.form(a)),
                            form -> AnswerForms.read(form.getProvidedChanges()))
                    .kind(
                            ChangesApplied.class,
                            AnswerEnvelope.AnswerCase.CHANGES_APPLIED,
                            (form, a) -> form.setChangesApplied(AnswerForms.form(a)),
                            form -> AnswerForms.read(form.getChangesApplied()))
                    .kind(
                            DatumAnswers.class,
                            AnswerEnvelope.AnswerCase.DATUM_ANSWERS,
                            (form, a) -> form.setDatumAnswers(AnswerForms.form(a)),
                            form -> AnswerForms.read(form.getDatumAnswers()))
                    .kind(
                            SessionDifferences.class,
                            AnswerEnvelope.AnswerCase.SESSION_DIFFERENCES,
                            (form, a) -> form.setSessionDifferences(AnswerForms.form(a)),
                            form -> AnswerForms.read(form.getSessionDifferences()))
                    .kind(
                            ReplicasUpdated.class,
                            AnswerEnvelope.AnswerCase.REPLICAS_UPDATED,
                            (form, a) -> form.setReplicasUpdated(ReplicaForms.form(a)),
                            form -> ReplicaForms.read(form.getReplicasUpdated()))
                    .kind(
                            LedByRank.class,
                            AnswerEnvelope.AnswerCase.LED_BY_RANK,
                            (form, a) -> form.setLedByRank(ReplicaForms.form(a)),
                            form -> ReplicaForms.read(form.getLedByRank()))
                    .kind(
                            OperatorAnswer.class,
                            AnswerEnvelope.AnswerCase.OPERATOR_ANSWER,
                            (form, a) -> form.setOperatorAnswer(MetaForms.form(a)),
                            form -> MetaForms.read(form.getOperatorAnswer()))
                    .kind(
                            MetaGroup.class,
                            AnswerEnvelope.AnswerCase.META_GROUP,
                            (form, a) -> form.setMetaGroup(MetaForms.form(a)),
                            form -> MetaForms.read(form.getMetaGroup()))
                    .kind(
                            SessionLoad.class,
                            AnswerEnvelope.AnswerCase.SESSION_LOAD,
                            (form, a) -> form.setSessionLoad(SessionForms.form(a)),
                            form -> SessionForms.read(form.getSessionLoad()))
                    .kinds(ConfigKinds::answers)
                    .kinds(PushKinds::answers)
                    .kinds(FederationKinds::answers)
                    .kinds(MoveForms::answers)
                    .kinds(ResolverKinds::answers)
                    .kinds(SyncKinds::answers);

    private MessageCodec() {}

    /**
     * A request's bytes.
     *
     * @throws IllegalStateException when nobody taught this codec the type
     */
    public static byte[] encodeRequest(Caller caller, Stamp clock, Request<?> request) {
        RequestEnvelope.Builder form = RequestEnvelope.newBuilder()
                .setDatacenter(caller.datacenter().name())
                .setNode(caller.node().value())
                .setRole(ClusterForms.form(caller.role()))
                .setClock(clock.value());
        REQUESTS.write(form, request);
        return form.build().toByteArray();
    }

    /**
     * The request of these bytes.
     *
     * @throws MalformedMessageException when they are not a whole request of a known kind
     */
    public static IncomingRequest decodeRequest(byte[] bytes) {
        return ValueCodec.read("request", bytes, all -> {
            RequestEnvelope form = RequestEnvelope.parseFrom(all);
            Caller caller = new Caller(
                    new DatacenterId(form.getDatacenter()),
                    new NodeId(form.getNode()),
                    ClusterForms.read(form.getRole()));
            Object request = REQUESTS.read(form, form.getRequestCase());
            return new IncomingRequest(caller, new Stamp(form.getClock()), (Request<?>) request);
        });
    }

    /**
     * An answer's bytes.
     *
     * @throws IllegalStateException when nobody taught this codec the type
     */
    public static byte[] encodeAnswer(Stamp clock, Object answer) {
        AnswerEnvelope.Builder form = AnswerEnvelope.newBuilder().setClock(clock.value());
        ANSWERS.write(form, answer);
        return form.build().toByteArray();
    }

    /** The bytes of a failure, told in one line. */
    public static byte[] encodeFailure(Stamp clock, String line) {
        return AnswerEnvelope.newBuilder()
                .setClock(clock.value())
                .setFailure(line)
                .build()
                .toByteArray();
    }

    /**
     * The answer, or the failure, of these bytes.
     *
     * @throws MalformedMessageException when they are neither
     */
    public static IncomingAnswer decodeAnswer(byte[] bytes) {
        return ValueCodec.read("answer", bytes, all -> {
            AnswerEnvelope form = AnswerEnvelope.parseFrom(all);
            Stamp clock = new Stamp(form.getClock());
            return form.getAnswerCase() == AnswerEnvelope.AnswerCase.FAILURE
                    ? new IncomingAnswer(clock, null, form.getFailure())
                    : new IncomingAnswer(clock, ANSWERS.read(form, form.getAnswerCase()), "");
        });
    }

    /** True when there is a form for this type of request or answer. */
    static boolean knows(Class<?> type) {
        return REQUESTS.knows(type) || ANSWERS.knows(type);
    }
}
