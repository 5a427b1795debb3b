package io.twinspan.registry.node.meta;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.meta.MetaCommand.PutProvided;
import io.twinspan.registry.node.meta.MetaCommand.RemoveProvided;
import io.twinspan.registry.node.meta.proto.StoredAdoption;
import io.twinspan.registry.node.meta.proto.StoredProvided;
import io.twinspan.registry.node.meta.proto.StoredRemoval;
import io.twinspan.registry.node.meta.proto.StoredServiceName;
import io.twinspan.registry.node.meta.proto.StoredState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Provided configuration as it stands in the log and in snapshots. */
final class ProvidedForms {
    private ProvidedForms() {}

    static StoredServiceName stored(DataInfoId id) {
        return StoredServiceName.newBuilder()
                .setDataId(id.dataId())
                .setInstanceId(id.instanceId())
                .setGroup(id.group())
                .build();
    }

    static DataInfoId id(StoredServiceName stored) {
        return new DataInfoId(stored.getDataId(), stored.getInstanceId(), stored.getGroup());
    }

    static StoredProvided stored(DataInfoId id, ProvidedEdit edit) {
        StoredProvided.Builder stored = StoredProvided.newBuilder()
                .setName(stored(id))
                .setVersion(edit.version())
                .setNote(edit.note().stored());
        String data = edit.data();
        if (data != null) {
            stored.setData(data);
        }
        return stored.build();
    }

    static PutProvided put(StoredProvided stored) {
        return new PutProvided(
                id(stored.getName()), stored.getVersion(), stored.getData(), ProvidedNote.of(stored.getNote()));
    }

    static RemoveProvided removal(StoredRemoval stored) {
        return new RemoveProvided(id(stored.getName()), stored.getVersion(), ProvidedNote.of(stored.getNote()));
    }

    static AdoptProvided adoption(StoredAdoption stored) {
        return new AdoptProvided(stored.getValuesList().stream()
                .map(each -> new AdoptProvided.Adopted(id(each.getName()), edit(each)))
                .toList());
    }

    static void store(ProvidedLedger ledger, StoredState.Builder state) {
        state.setProvidedRevision(ledger.revision());
        ledger.values()
                .values()
                .forEach(value -> state.addProvided(
                        stored(value.id(), new ProvidedEdit(value.version(), value.data(), ProvidedNote.NONE))
                                .toBuilder()
                                .setRevision(value.revision())));
        ledger.history().forEach((id, edits) -> edits.forEach(edit -> state.addHistory(stored(id, edit))));
    }

    static ProvidedLedger ledger(StoredState state) {
        Map<DataInfoId, ProvidedValue> values = new HashMap<>();
        state.getProvidedList().forEach(each -> {
            DataInfoId id = id(each.getName());
            values.put(id, new ProvidedValue(id, each.getVersion(), edit(each).data(), each.getRevision()));
        });
        Map<DataInfoId, List<ProvidedEdit>> history = new HashMap<>();
        state.getHistoryList()
                .forEach(each -> history.computeIfAbsent(id(each.getName()), id -> new ArrayList<>())
                        .add(edit(each)));
        history.replaceAll((id, edits) -> List.copyOf(edits));
        return new ProvidedLedger(state.getProvidedRevision(), values, history);
    }

    private static ProvidedEdit edit(StoredProvided stored) {
        return new ProvidedEdit(
                stored.getVersion(), stored.hasData() ? stored.getData() : null, ProvidedNote.of(stored.getNote()));
    }
}
