package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.SessionDifferences;
import io.twinspan.registry.node.wire.proto.AnswerStatusData;
import io.twinspan.registry.node.wire.proto.ChangeResultData;
import io.twinspan.registry.node.wire.proto.ChangesAppliedAnswer;
import io.twinspan.registry.node.wire.proto.ClusterStateAnswer;
import io.twinspan.registry.node.wire.proto.DatumAnswerData;
import io.twinspan.registry.node.wire.proto.DatumAnswersAnswer;
import io.twinspan.registry.node.wire.proto.KnownStateData;
import io.twinspan.registry.node.wire.proto.LeaseGrantAnswer;
import io.twinspan.registry.node.wire.proto.OutcomeData;
import io.twinspan.registry.node.wire.proto.ProvidedChangesAnswer;
import io.twinspan.registry.node.wire.proto.SessionDifferencesAnswer;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers as protobuf messages and back. */
final class AnswerForms {
    private AnswerForms() {}

    static LeaseGrantAnswer form(LeaseGrant answer) {
        LeaseGrantAnswer.Builder form = LeaseGrantAnswer.newBuilder()
                .setGranted(answer.isGranted())
                .setRefusal(answer.refusal())
                .setTable(ClusterForms.form(answer.table()))
                .setMembersRevision(answer.membersRevision())
                .setProvidedRevision(answer.providedRevision())
                .setPoliciesVersion(answer.policiesVersion())
                .setPushVersion(answer.pushVersion())
                .setMoveVersion(answer.moveVersion())
                .setClientsOffVersion(answer.clientsOffVersion())
                .setMandated(answer.isMandated());
        if (answer.federation() != null) {
            form.setFederation(FederationForms.form(answer.federation()));
        }
        return form.build();
    }

    static LeaseGrant read(LeaseGrantAnswer form) {
        return new LeaseGrant(
                form.getGranted(),
                form.getRefusal(),
                ClusterForms.read(form.getTable()),
                form.getMembersRevision(),
                form.getProvidedRevision(),
                form.getPoliciesVersion(),
                form.getPushVersion(),
                form.getMoveVersion(),
                form.getClientsOffVersion(),
                form.getMandated(),
                form.hasFederation() ? FederationForms.read(form.getFederation()) : null);
    }

    static ClusterStateAnswer form(ClusterState answer) {
        ClusterStateAnswer.Builder form = ClusterStateAnswer.newBuilder()
                .setDatacenter(answer.datacenter().name())
                .setTable(ClusterForms.form(answer.table()))
                .setMembersRevision(answer.membersRevision());
        answer.members().forEach(each -> form.addMembers(ClusterForms.form(each)));
        return form.build();
    }

    static ClusterState read(ClusterStateAnswer form) {
        return new ClusterState(
                new DatacenterId(form.getDatacenter()),
                ClusterForms.read(form.getTable()),
                form.getMembersRevision(),
                form.getMembersList().stream().map(ClusterForms::read).toList());
    }

    static ProvidedChangesAnswer form(ProvidedChanges answer) {
        ProvidedChangesAnswer.Builder form = ProvidedChangesAnswer.newBuilder()
                .setRevision(answer.revision())
                .setMore(answer.isMore());
        answer.values().forEach(each -> form.addValues(ClusterForms.form(each)));
        return form.build();
    }

    static ProvidedChanges read(ProvidedChangesAnswer form) {
        return new ProvidedChanges(
                form.getRevision(),
                form.getValuesList().stream().map(ClusterForms::read).toList(),
                form.getMore());
    }

    static ChangesAppliedAnswer form(ChangesApplied answer) {
        ChangesAppliedAnswer.Builder form = ChangesAppliedAnswer.newBuilder();
        for (ChangeResult each : answer.results()) {
            ChangeResultData.Builder result =
                    ChangeResultData.newBuilder().setLeader(each.isLeader()).setOutcome(form(each.outcome()));
            ChangeResult.Known known = each.known();
            if (known != null) {
                result.setKnown(DatumForms.form(known.order())).setKnownState(form(known.state()));
            }
            form.addResults(result);
        }
        return form.build();
    }

    static ChangesApplied read(ChangesAppliedAnswer form) {
        List<ChangeResult> results = form.getResultsList().stream()
                .map(each -> new ChangeResult(
                        each.getLeader(),
                        read(each.getOutcome()),
                        each.hasKnown()
                                ? new ChangeResult.Known(DatumForms.read(each.getKnown()), read(each.getKnownState()))
                                : null))
                .toList();
        return new ChangesApplied(results);
    }

    private static KnownStateData form(ChangeResult.State state) {
        return switch (state) {
            case LISTED -> KnownStateData.KNOWN_LISTED;
            case ABANDONED -> KnownStateData.KNOWN_ABANDONED;
            case TAKEN_BACK -> KnownStateData.KNOWN_TAKEN_BACK;
            case YOURS -> KnownStateData.KNOWN_YOURS;
        };
    }

    private static ChangeResult.State read(KnownStateData form) {
        return switch (form) {
            case KNOWN_UNSPECIFIED, KNOWN_LISTED, UNRECOGNIZED -> ChangeResult.State.LISTED;
            case KNOWN_ABANDONED -> ChangeResult.State.ABANDONED;
            case KNOWN_TAKEN_BACK -> ChangeResult.State.TAKEN_BACK;
            case KNOWN_YOURS -> ChangeResult.State.YOURS;
        };
    }

    private static OutcomeData form(@Nullable ChangeOutcome outcome) {
        if (outcome == null) {
            return OutcomeData.OUTCOME_UNSPECIFIED;
        }
        return switch (outcome) {
            case APPLIED -> OutcomeData.OUTCOME_APPLIED;
            case OLDER -> OutcomeData.OUTCOME_OLDER;
            case NOT_OWNER -> OutcomeData.OUTCOME_NOT_OWNER;
            case ABSENT -> OutcomeData.OUTCOME_ABSENT;
        };
    }

    private static @Nullable ChangeOutcome read(OutcomeData form) {
        return switch (form) {
            case OUTCOME_UNSPECIFIED -> null;
            case OUTCOME_APPLIED -> ChangeOutcome.APPLIED;
            case OUTCOME_OLDER -> ChangeOutcome.OLDER;
            case OUTCOME_NOT_OWNER -> ChangeOutcome.NOT_OWNER;
            case OUTCOME_ABSENT -> ChangeOutcome.ABSENT;
            case UNRECOGNIZED -> throw new IllegalArgumentException("no known outcome of a change");
        };
    }

    static DatumAnswersAnswer form(DatumAnswers answer) {
        DatumAnswersAnswer.Builder form = DatumAnswersAnswer.newBuilder();
        for (DatumAnswer each : answer.answers()) {
            DatumAnswerData.Builder one = DatumAnswerData.newBuilder()
                    .setDatacenter(each.datacenter().name())
                    .setId(DatumForms.form(each.id()))
                    .setStatus(form(each.status()))
                    .setConfirmed(each.isConfirmed())
                    .setVersion(each.version().value());
            DatumAnswer.Word word = each.word();
            if (!word.leadership().equals(Leadership.NONE)) {
                one.setIncarnation(ClusterForms.form(word.leadership().incarnation()))
                        .setEpoch(word.leadership().epoch().value());
            }
            one.setConfirmedMillis(word.confirmedMillis());
            if (each.datum() != null) {
                one.setDatum(DatumForms.form(each.datum()));
            }
            form.addAnswers(one);
        }
        return form.build();
    }

    static DatumAnswers read(DatumAnswersAnswer form) {
        return new DatumAnswers(
                form.getAnswersList().stream().map(AnswerForms::read).toList());
    }

    private static DatumAnswer read(DatumAnswerData form) {
        DatumAnswer.Status status = read(form.getStatus());
        Leadership leadership = form.hasIncarnation()
                ? new Leadership(ClusterForms.read(form.getIncarnation()), new LeaderEpoch(form.getEpoch()))
                : Leadership.NONE;
        return new DatumAnswer(
                new DatacenterId(form.getDatacenter()),
                DatumForms.read(form.getId()),
                status,
                form.getConfirmed(),
                new DatumVersion(form.getVersion()),
                DatumAnswer.hasContent(status) && form.hasDatum() ? DatumForms.read(form.getDatum()) : null,
                new DatumAnswer.Word(leadership, form.getConfirmedMillis()));
    }

    private static AnswerStatusData form(DatumAnswer.Status status) {
        return switch (status) {
            case OK -> AnswerStatusData.STATUS_OK;
            case UNCHANGED -> AnswerStatusData.STATUS_UNCHANGED;
            case EMPTY -> AnswerStatusData.STATUS_EMPTY;
            case UNKNOWN -> AnswerStatusData.STATUS_UNKNOWN;
            case NOT_LEADER -> AnswerStatusData.STATUS_NOT_LEADER;
            case WARMING -> AnswerStatusData.STATUS_WARMING;
            case TOO_BIG -> AnswerStatusData.STATUS_TOO_BIG;
            case WITHDRAWN -> AnswerStatusData.STATUS_WITHDRAWN;
            case IN_CUSTODY -> AnswerStatusData.STATUS_IN_CUSTODY;
        };
    }

    private static DatumAnswer.Status read(AnswerStatusData form) {
        return switch (form) {
            case STATUS_OK -> DatumAnswer.Status.OK;
            case STATUS_UNCHANGED -> DatumAnswer.Status.UNCHANGED;
            case STATUS_EMPTY -> DatumAnswer.Status.EMPTY;
            case STATUS_UNKNOWN -> DatumAnswer.Status.UNKNOWN;
            case STATUS_NOT_LEADER -> DatumAnswer.Status.NOT_LEADER;
            case STATUS_WARMING -> DatumAnswer.Status.WARMING;
            case STATUS_TOO_BIG -> DatumAnswer.Status.TOO_BIG;
            case STATUS_WITHDRAWN -> DatumAnswer.Status.WITHDRAWN;
            case STATUS_IN_CUSTODY -> DatumAnswer.Status.IN_CUSTODY;
            case STATUS_UNSPECIFIED -> throw new IllegalArgumentException("no known status of an answer");
            // A newer node says something that this one does not know: for this datum only, nothing is known.
            case UNRECOGNIZED -> DatumAnswer.Status.UNKNOWN;
        };
    }

    static SessionDifferencesAnswer form(SessionDifferences answer) {
        SessionDifferencesAnswer.Builder form = SessionDifferencesAnswer.newBuilder();
        answer.publishers().forEach(each -> form.addPublishers(each.number()));
        answer.interest().forEach(each -> form.addInterest(each.number()));
        answer.notLed().forEach(each -> form.addNotLed(each.number()));
        return form.build();
    }

    static SessionDifferences read(SessionDifferencesAnswer form) {
        return new SessionDifferences(
                slots(form.getPublishersList()), slots(form.getInterestList()), slots(form.getNotLedList()));
    }

    private static List<SlotId> slots(List<Integer> numbers) {
        return numbers.stream().map(SlotId::new).toList();
    }
}
