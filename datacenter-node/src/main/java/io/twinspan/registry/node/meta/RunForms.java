package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.FailoverStep;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.node.meta.proto.StoredRun;
import io.twinspan.registry.node.meta.proto.StoredRunNote;
import io.twinspan.registry.node.wire.FederationForms;

/** Failovers as the log and snapshots have them. */
final class RunForms {
    private RunForms() {}

    static StoredRun stored(FailoverRun run) {
        FailoverRun.Order order = run.order();
        StoredRun.Builder stored = StoredRun.newBuilder()
                .setId(run.id())
                .setFrom(order.from().name())
                .setTo(order.to().name())
                .setIsForced(order.isForced())
                .setIsRehearsal(order.isRehearsal())
                .setStartedMillis(order.startedMillis())
                .setRevision(run.revision())
                .setState(run.state().name())
                .setAt(run.at())
                .setIsBegun(run.isBegun())
                .setEndedMillis(run.endedMillis())
                .setBefore(FederationForms.form(order.before()));
        FederationEpoch basis = order.basis();
        if (basis != null) {
            stored.setBasis(FederationForms.form(basis));
        }
        order.steps().forEach(step -> stored.addSteps(step.name()));
        run.notes()
                .forEach(note -> stored.addNotes(
                        StoredRunNote.newBuilder().setAtMillis(note.atMillis()).setText(note.text())));
        return stored.build();
    }

    static FailoverRun read(StoredRun stored) {
        FailoverRun.Order order = new FailoverRun.Order(
                new DatacenterId(stored.getFrom()),
                new DatacenterId(stored.getTo()),
                stored.hasBasis() ? FederationForms.read(stored.getBasis()) : null,
                stored.getIsForced(),
                stored.getIsRehearsal(),
                stored.getStartedMillis(),
                stored.getStepsList().stream().map(FailoverStep::valueOf).toList(),
                FederationForms.read(stored.getBefore()));
        return new FailoverRun(
                stored.getId(),
                order,
                stored.getRevision(),
                FailoverRun.State.valueOf(stored.getState()),
                stored.getAt(),
                stored.getIsBegun(),
                stored.getNotesList().stream()
                        .map(note -> new FailoverRun.Note(note.getAtMillis(), note.getText()))
                        .toList(),
                stored.getEndedMillis());
    }
}
