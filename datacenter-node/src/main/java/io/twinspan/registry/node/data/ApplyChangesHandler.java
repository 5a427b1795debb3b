package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
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
import org.jspecify.annotations.Nullable;

/** Applies a session's changes, those of one datum together: one copy, one version and one notice for all of them. */
final class ApplyChangesHandler {
    /** The session has done its part; what becomes of the entry is not its affair any more. */
    private static final ChangeResult HELD = new ChangeResult(true, ChangeOutcome.APPLIED, null);

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
        // All of them, before anything goes.
        Set<DataInfoId> kept = state.quarantine().judge(departures(request), state.nanos());
        byService.forEach((service, all) -> state.slots().find(service).ifPresent(slot -> {
            List<Integer> places = new ArrayList<>(all);
            places.removeIf(place -> {
                boolean isHeld = hold(slot, changes.get(place), kept);
                results[place] = isHeld ? HELD : results[place];
                return isHeld;
            });
            if (!places.isEmpty()) {
                applyTo(slot, service, places, request, results);
            }
        }));
        return new ChangesApplied(List.of(results));
    }

    private List<Quarantine.Departure> departures(ApplyChanges request) {
        List<Quarantine.Departure> departures = new ArrayList<>();
        for (RegistrationChange each : request.changes()) {
            if (each.change() instanceof DatumChange.Remove remove
                    && remove.cause().mayBeHeld()) {
                state.slots()
                        .find(each.service())
                        .filter(slot -> !slot.held().isHeld(each.service(), remove.id()))
                        .flatMap(slot -> entry(slot, each.service(), remove))
                        .ifPresent(entry -> departures.add(QuarantineDesk.departure(each.service(), entry)));
            }
        }
        return departures;
    }

    /** True when the change is a removal that does not happen for now. */
    private boolean hold(LedSlot slot, RegistrationChange asked, Set<DataInfoId> kept) {
        DataInfoId service = asked.service();
        if (!(asked.change() instanceof DatumChange.Remove remove)
                || !remove.cause().mayBeHeld()
                || !(kept.contains(service) || slot.held().isHeld(service, remove.id()))) {
            return false;
        }
        Optional<Publisher> entry = entry(slot, service, remove);
        entry.ifPresent(publisher -> state.quarantine().hold(slot, service, publisher, remove.cause(), state.nanos()));
        return entry.isPresent();
    }

    private static Optional<Publisher> entry(LedSlot slot, DataInfoId service, DatumChange.Remove remove) {
        return slot.findOwn(service)
                .flatMap(datum -> datum.find(remove.id()))
                .filter(entry -> entry.owner().equals(remove.owner()));
    }

    private void applyTo(
            LedSlot slot, DataInfoId service, List<Integer> places, ApplyChanges request, ChangeResult[] results) {
        List<DatumChange> changes = decided(slot, service, request, places);
        Datum.Applied applied = slot.apply(service, changes, state.nanos());
        for (int i = 0; i < changes.size(); i++) {
            results[places.get(i)] = result(
                    applied.datum(), changes.get(i).id(), applied.outcomes().get(i));
        }
    }

    /** The changes of one datum, each unregistration completed with what only this node can know. */
    private List<DatumChange> decided(LedSlot slot, DataInfoId service, ApplyChanges request, List<Integer> places) {
        Optional<Datum> datum = slot.findOwn(service);
        Set<RegistrationId> renewed = new HashSet<>();
        List<DatumChange> changes = new ArrayList<>(places.size());
        for (int place : places) {
            DatumChange change = request.changes().get(place).change();
            if (change instanceof DatumChange.Register) {
                renewed.add(change.id());
            }
            if (change instanceof DatumChange.Unregister unregister) {
                boolean isGone = !renewed.contains(change.id())
                        && (slot.held().isHeld(service, change.id())
                                || isOwnerGone(datum, change.id(), request.session()));
                changes.add(new DatumChange.Unregister(unregister.id(), unregister.order(), unregister.by(), isGone));
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

    static ChangeResult result(Datum datum, RegistrationId id, ChangeOutcome outcome) {
        return new ChangeResult(true, outcome, outcome == ChangeOutcome.OLDER ? known(datum, id) : null);
    }

    private static @Nullable RegistrationOrder known(Datum datum, RegistrationId id) {
        return datum.find(id)
                .map(entry -> entry.order())
                .or(() -> datum.findTombstone(id).map(removed -> removed.order()))
                .orElse(null);
    }
}
