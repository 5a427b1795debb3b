package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a session's list of one slot for the truth about that session: what is lacking is added, what it does not name goes. A list
 * that arrives late does harm only until the next comparison: what it took away counts as abandoned, not as taken back.
 */
final class SyncPublishersHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SyncPublishersHandler.class);

    private final DataState state;

    SyncPublishersHandler(DataState state) {
        this.state = state;
    }

    ChangesApplied handle(SyncPublishers request, Caller caller) {
        SessionIncarnation session = request.session();
        state.sessions().onWord(session);
        ChangeResult[] results = new ChangeResult[request.entries().size()];
        Arrays.fill(results, ChangeResult.NOT_LEADER);
        Optional<LedSlot> led = state.slots().find(request.slot());
        if (led.isPresent() && state.isToChange()) {
            LedSlot slot = led.get();
            byService(request).forEach((service, places) -> apply(slot, service, places, request, results));
            int removed = removeUnnamed(slot, request);
            slot.warming().onReconciled(session);
            LOG.info(
                    "repaired registrations: session={} slot={} named={} removed={}",
                    session,
                    slot.id(),
                    results.length,
                    removed);
        }
        return new ChangesApplied(List.of(results));
    }

    private static Map<DataInfoId, List<Integer>> byService(SyncPublishers request) {
        Map<DataInfoId, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < request.entries().size(); i++) {
            SyncPublishers.Entry entry = request.entries().get(i);
            if (!SlotId.of(entry.service()).equals(request.slot())) {
                throw new IllegalArgumentException(
                        "service " + entry.service() + " does not belong to slot " + request.slot());
            }
            places.computeIfAbsent(entry.service(), ignored -> new ArrayList<>())
                    .add(i);
        }
        return places;
    }

    private void apply(
            LedSlot slot, DataInfoId service, List<Integer> places, SyncPublishers request, ChangeResult[] results) {
        List<DatumChange> changes = new ArrayList<>(places.size());
        places.forEach(place -> changes.add(
                new DatumChange.Register(request.entries().get(place).publisher())));
        Datum.Applied applied = slot.apply(service, changes, state.nanos());
        for (int i = 0; i < changes.size(); i++) {
            results[places.get(i)] = ApplyChangesHandler.result(
                    state, applied.datum(), changes.get(i), applied.outcomes().get(i));
        }
    }

    private int removeUnnamed(LedSlot slot, SyncPublishers request) {
        record Named(RegistrationId id, Owner owner) {}
        if (slot.sums().count(request.session()) == 0) {
            return 0;
        }
        Map<DataInfoId, Set<Named>> named = new LinkedHashMap<>();
        for (SyncPublishers.Entry entry : request.entries()) {
            Publisher publisher = entry.publisher();
            named.computeIfAbsent(entry.service(), ignored -> new HashSet<>())
                    .add(new Named(publisher.id(), publisher.owner()));
        }
        return slot.removeUnnamed(
                request.session(),
                (service, publisher) ->
                        named.getOrDefault(service, Set.of()).contains(new Named(publisher.id(), publisher.owner())),
                state.nanos());
    }
}
