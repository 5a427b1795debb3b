package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * M4: a data node that was told of a table in which it does not lead a slot takes no change of that slot and confirms no content of
 * it any more. A replica further down may, but only while something is broken, and until meta has heard of it and moved the slot.
 */
final class OnlyTheNewestLeads implements Invariant<Answered> {
    /** A node reports every second, and meta looks as often. */
    private static final Duration META_MOVES_A_SLOT = Duration.ofSeconds(3);

    private record Heard(long life, SlotTable table, long nanos) {}

    private final Map<String, Heard> tables = new HashMap<>();
    private long brokenNanos;

    /** This data node has been given this table now. */
    void onTold(Told told, long nowNanos) {
        SlotTable table = told.state().table();
        Heard before = tables.get(told.node().name());
        boolean isOld =
                before != null && before.life == told.life() && !table.epoch().isAfter(before.table.epoch());
        if (!isOld) {
            tables.put(told.node().name(), new Heard(told.life(), table, nowNanos));
        }
    }

    /** The newest table this node was told of; the empty one when it was told of none. */
    SlotTable tableOf(SimulatedNode node) {
        Heard heard = tables.get(node.name());
        return heard == null ? SlotTable.EMPTY : heard.table;
    }

    @Override
    public List<String> violations(Answered answered) {
        List<String> found = new ArrayList<>();
        if (!answered.world().isCalm()) {
            brokenNanos = answered.world().time().nanos();
        }
        for (DataInfoId service : actedOn(answered)) {
            answered.world().coverage().checked("M4");
            SlotId slot = SlotId.of(service);
            if (!mayAct(answered, slot)) {
                found.add("M4 " + answered.by().name() + " acts for slot " + slot + ", of " + service.dataId()
                        + ", by " + answered.request().getClass().getSimpleName()
                        + " after it heard that another leads it");
            }
        }
        return found;
    }

    private boolean mayAct(Answered answered, SlotId slot) {
        Heard heard = tables.get(answered.by().name());
        // What it was told in this very instant may still be on its way from one of its parts to the next.
        if (heard == null
                || heard.life != answered.by().life()
                || heard.nanos >= answered.world().time().nanos()) {
            return true;
        }
        int rank = heard.table
                .find(slot)
                .map((Slot each) -> each.replicas().stream()
                        .map(node -> node.value())
                        .toList()
                        .indexOf(answered.by().name()))
                .orElse(0);
        boolean wasBroken = answered.world().time().nanos() - brokenNanos <= META_MOVES_A_SLOT.toNanos();
        return rank == 0 || (rank > 0 && wasBroken);
    }

    private static List<DataInfoId> actedOn(Answered answered) {
        List<DataInfoId> services = new ArrayList<>();
        if (answered.answer() instanceof DatumAnswers datums) {
            for (DatumAnswer each : datums.answers()) {
                if (each.isConfirmed() && each.datacenter().equals(answered.by().datacenter())) {
                    services.add(each.id());
                }
            }
        } else if (answered.answer() instanceof ChangesApplied applied) {
            for (int i = 0; i < applied.results().size(); i++) {
                if (applied.results().get(i).isLeader()) {
                    if (answered.request() instanceof ApplyChanges changes) {
                        services.add(changes.changes().get(i).service());
                    } else if (answered.request() instanceof SyncPublishers sync) {
                        services.add(sync.entries().get(i).service());
                    }
                }
            }
        }
        return services;
    }
}
