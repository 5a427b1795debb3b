package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.runtime.Caller;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Applies a session's changes, those of one datum together: one copy, one version and one notice for all of them. */
final class ApplyChangesHandler {
    private final DataState state;

    ApplyChangesHandler(DataState state) {
        this.state = state;
    }

    ChangesApplied handle(ApplyChanges request, Caller caller) {
        state.sessions().onWord(request.session());
        List<RegistrationChange> changes = request.changes();
        Map<DataInfoId, List<Integer>> byService = new LinkedHashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            byService
                    .computeIfAbsent(changes.get(i).service(), ignored -> new ArrayList<>())
                    .add(i);
        }
        ChangeResult[] results = new ChangeResult[changes.size()];
        Arrays.fill(results, ChangeResult.NOT_LEADER);
        byService.forEach((service, places) ->
                state.slots().find(service).ifPresent(slot -> applyTo(slot, service, places, request, results)));
        return new ChangesApplied(List.of(results));
    }

    private void applyTo(
            LedSlot slot, DataInfoId service, List<Integer> places, ApplyChanges request, ChangeResult[] results) {
        List<DatumChange> changes = decided(slot.findOwn(service), request, places);
        Datum.Applied applied = slot.apply(service, changes, state.nanos());
        for (int i = 0; i < changes.size(); i++) {
            results[places.get(i)] = result(
                    state,
                    applied.datum(),
                    changes.get(i).id(),
                    applied.outcomes().get(i));
        }
    }

    /** The changes of one datum, each unregistration completed with what only this node can know. */
    private List<DatumChange> decided(Optional<Datum> datum, ApplyChanges request, List<Integer> places) {
        Set<RegistrationId> renewed = new HashSet<>();
        List<DatumChange> changes = new ArrayList<>(places.size());
        for (int place : places) {
            DatumChange change = request.changes().get(place).change();
            if (change instanceof DatumChange.Register) {
                renewed.add(change.id());
            }
            if (change instanceof DatumChange.Unregister unregister) {
                boolean overridesOwner = unregister.overridesOwner()
                        || (!renewed.contains(change.id()) && isOwnerGone(datum, change.id(), request.session()));
                changes.add(new DatumChange.Unregister(
                        unregister.id(), unregister.order(), unregister.by(), overridesOwner));
            } else {
                changes.add(change);
            }
        }
        return changes;
    }

    private boolean isOwnerGone(Optional<Datum> datum, RegistrationId id, SessionIncarnation caller) {
        return datum.flatMap(known -> known.find(id))
                .map(entry -> entry.owner().session())
                .filter(owner -> !owner.equals(caller) && state.sessions().isGone(owner, state.cluster()))
                .isPresent();
    }

    /** What is listed for a session whose life is over is told as abandoned: whoever lives may have it, before it goes. */
    static ChangeResult result(DataState state, Datum datum, RegistrationId id, ChangeOutcome outcome) {
        ChangeResult result = ChangeResult.of(datum, id, outcome);
        ChangeResult.Known known = result.known();
        if (known == null
                || datum.find(id)
                        .map(entry -> entry.owner().session())
                        .filter(owner -> state.sessions().isGone(owner, state.cluster()))
                        .isEmpty()) {
            return result;
        }
        return new ChangeResult(true, outcome, new ChangeResult.Known(known.order(), ChangeResult.State.ABANDONED));
    }
}
