package io.twinspan.registry.node.meta;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Provided configuration with its last versions. Immutable.
 *
 * @param revision rises with each change
 * @param values removed ones included, with null data, so that whoever was away hears of the removal
 * @param history of each value in the order of versions, the present one last
 */
record ProvidedLedger(
        long revision, Map<DataInfoId, ProvidedValue> values, Map<DataInfoId, List<ProvidedEdit>> history) {
    static final ProvidedLedger EMPTY = new ProvidedLedger(0, Map.of(), Map.of());

    /** Most versions kept of one value. */
    static final int MOST_EDITS = 10;

    /** Most characters kept of one value's earlier versions; the last one before the present is kept whatever its length. */
    static final int MOST_LENGTH = 262_144;

    ProvidedLedger {
        values = Map.copyOf(values);
        history = Map.copyOf(history);
    }

    ProvidedLedger from(long newRevision) {
        return new ProvidedLedger(newRevision, values, history);
    }

    /** With a value under a higher version; the caller has compared. */
    ProvidedLedger with(DataInfoId id, ProvidedEdit edit) {
        Map<DataInfoId, ProvidedValue> nextValues = new HashMap<>(values);
        nextValues.put(id, new ProvidedValue(id, edit.version(), edit.data(), revision + 1));
        Map<DataInfoId, List<ProvidedEdit>> nextHistory = new HashMap<>(history);
        nextHistory.put(id, extended(id, edit));
        return new ProvidedLedger(revision + 1, nextValues, nextHistory);
    }

    /** True when no operator has changed anything here: all there is came from other datacenters. */
    boolean isOnlyForeign() {
        return values.keySet().stream().allMatch(id -> {
            List<ProvidedEdit> edits = edits(id);
            return !edits.isEmpty() && edits.get(edits.size() - 1).note().isForeign();
        });
    }

    /** This ledger and an earlier one of the same datacenter, the higher version of each value; all of it changed at one revision. */
    ProvidedLedger withRestored(ProvidedLedger backup) {
        Map<DataInfoId, ProvidedValue> merged = new HashMap<>();
        Map<DataInfoId, List<ProvidedEdit>> edits = new HashMap<>(backup.history);
        backup.values.forEach((id, value) -> merged.put(id, at(value, revision + 1)));
        values.forEach((id, value) -> {
            ProvidedValue restored = merged.get(id);
            if (restored == null || restored.version() < value.version()) {
                merged.put(id, at(value, revision + 1));
                edits.put(id, edits(id));
            }
        });
        return new ProvidedLedger(revision + 1, merged, edits);
    }

    @Nullable
    ProvidedValue find(DataInfoId id) {
        return values.get(id);
    }

    List<ProvidedEdit> edits(DataInfoId id) {
        return history.getOrDefault(id, List.of());
    }

    /** What is asked for, as far as it has room; the first value always has. */
    ProvidedChanges since(FetchProvided asked) {
        List<ProvidedValue> newer = values.values().stream()
                .filter(asked::asksFor)
                .sorted(Comparator.comparingLong(ProvidedValue::revision).thenComparing(ProvidedValue::id))
                .toList();
        long room = asked.mostBytes() > 0 ? asked.mostBytes() : Long.MAX_VALUE;
        int given = 0;
        while (given < newer.size()) {
            room -= newer.get(given).estimatedBytes();
            if (room < 0 && given > 0) {
                break;
            }
            given++;
        }
        return new ProvidedChanges(revision, newer.subList(0, given), given < newer.size());
    }

    private static ProvidedValue at(ProvidedValue value, long newRevision) {
        return new ProvidedValue(value.id(), value.version(), value.data(), newRevision);
    }

    private List<ProvidedEdit> extended(DataInfoId id, ProvidedEdit edit) {
        List<ProvidedEdit> edits = new ArrayList<>(edits(id));
        edits.add(edit);
        while (edits.size() > MOST_EDITS || (edits.size() > 2 && length(edits) > MOST_LENGTH)) {
            edits.remove(0);
        }
        return List.copyOf(edits);
    }

    private static int length(List<ProvidedEdit> edits) {
        return edits.stream().mapToInt(ProvidedEdit::length).sum();
    }
}
