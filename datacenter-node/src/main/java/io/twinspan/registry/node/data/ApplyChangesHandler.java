package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.RemovalCause;
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
    private final Contenders contenders = new Contenders();
    private final MovingEntries moving;
    private final MovedOver movedOver;

    ApplyChangesHandler(DataState state, MovingEntries moving, MovedOver movedOver) {
        this.state = state;
        this.moving = moving;
        this.movedOver = movedOver;
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
        if (!state.isToChange()) {
            return new ChangesApplied(List.of(results));
        }
        // All of them, before anything goes.
        Set<DataInfoId> kept = state.quarantine().judge(departures(request), state.nanos());
        byService.forEach((service, all) -> state.slots().find(service).ifPresent(slot -> {
            List<Integer> places = new ArrayList<>(all);
            places.removeIf(place -> {
                boolean isHeld = isOnlyMoving(changes.get(place)) || hold(slot, changes.get(place), kept);
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
                    && remove.cause().mayBeHeld()
                    && remove.cause() != RemovalCause.NOT_OVER) {
                state.slots()
                        .find(each.service())
                        .filter(slot -> !slot.held().isHeld(each.service(), remove.id()))
                        .flatMap(slot -> entry(slot, each.service(), remove))
                        .ifPresent(entry -> departures.add(QuarantineDesk.departure(each.service(), entry)));
            }
        }
        return departures;
    }

    /** True when nothing changes but that the client is on its way elsewhere. */
    private boolean isOnlyMoving(RegistrationChange asked) {
        if (asked.change() instanceof DatumChange.Remove remove && remove.cause() == RemovalCause.MOVING) {
            moving.put(asked.service(), remove.id(), remove.owner(), state.nanos());
            contenders.removeOf(remove.owner(), asked.service(), remove.id());
            return true;
        }
        return false;
    }

    /** True when the change is a removal that does not happen for now. */
    private boolean hold(LedSlot slot, RegistrationChange asked, Set<DataInfoId> kept) {
        DataInfoId service = asked.service();
        if (!(asked.change() instanceof DatumChange.Remove remove)
                || !remove.cause().mayBeHeld()
                || !(remove.cause() == RemovalCause.NOT_OVER
                        || kept.contains(service)
                        || slot.held().isHeld(service, remove.id()))) {
            return false;
        }
        Optional<Publisher> entry = entry(slot, service, remove);
        if (remove.cause() == RemovalCause.NOT_OVER) {
            entry.ifPresent(publisher -> state.quarantine().holdNotOver(slot, service, publisher, state.nanos()));
            return entry.isPresent();
        }
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
        Datum before = slot.findOwn(service).orElse(null);
        List<DatumChange> changes = new ArrayList<>(places.size());
        Set<RegistrationId> renewed = new HashSet<>();
        for (int place : places) {
            DatumChange asked = request.changes().get(place).change();
            changes.add(renewed.contains(asked.id()) ? asked : decided(slot, before, service, asked));
            if (asked instanceof DatumChange.Register) {
                renewed.add(asked.id());
            }
        }
        Datum.Applied applied = slot.apply(service, changes, state.nanos());
        for (int i = 0; i < changes.size(); i++) {
            DatumChange asked = request.changes().get(places.get(i)).change();
            ChangeOutcome outcome = applied.outcomes().get(i);
            results[places.get(i)] = result(state, applied.datum(), asked, outcome);
            if (asked instanceof DatumChange.Remove && changes.get(i) != asked) {
                contenders.remove(service, asked.id());
            } else {
                watchContenders(before, applied.datum(), asked, outcome);
            }
        }
        if (changes.stream()
                .anyMatch(each -> each instanceof DatumChange.Register told
                        && told.publisher().isMoving())) {
            // It may be there already.
            movedOver.review(slot, service);
        }
    }

    /** A change completed with what only this node can know; what is closed is handed over to whoever stands behind it too. */
    private DatumChange decided(LedSlot slot, @Nullable Datum before, DataInfoId service, DatumChange change) {
        Publisher listed = before == null ? null : before.find(change.id()).orElse(null);
        if (listed == null) {
            return change;
        }
        if (change instanceof DatumChange.Unregister asked) {
            boolean overridesOwner = asked.overridesOwner()
                    || slot.held().isHeld(service, asked.id())
                    || moving.contains(service, listed.id(), listed.owner())
                    || listed.isMoving()
                    || (!listed.owner().session().equals(asked.by().session()) && isGone(listed));
            return new DatumChange.Unregister(asked.id(), asked.order(), asked.by(), overridesOwner);
        }
        if (change instanceof DatumChange.Remove remove && remove.owner().equals(listed.owner())) {
            return contenders
                    .find(service, remove.id(), state.nanos())
                    .filter(each ->
                            each.order().clientVersion() >= listed.order().clientVersion()
                                    && !each.owner().equals(listed.owner())
                                    && !isGone(each))
                    .<DatumChange>map(each -> new DatumChange.Register(above(listed.order(), each)))
                    .orElse(change);
        }
        return change;
    }

    private static Publisher above(RegistrationOrder listed, Publisher contender) {
        RegistrationOrder own = contender.order();
        RegistrationOrder order = own.isAfter(listed)
                ? own
                : new RegistrationOrder(own.clientVersion(), listed.stamp().nextTick());
        return new Publisher(
                contender.id(),
                order,
                contender.owner(),
                contender.zone(),
                contender.appName(),
                contender.client(),
                contender.addresses());
    }

    private void watchContenders(@Nullable Datum before, Datum after, DatumChange change, ChangeOutcome outcome) {
        if (change instanceof DatumChange.Remove remove) {
            contenders.removeOf(remove.owner(), after.id(), change.id());
        } else if (change instanceof DatumChange.Unregister asked && outcome == ChangeOutcome.NOT_OWNER) {
            contenders.removeOf(asked.by(), after.id(), change.id());
        } else if (change instanceof DatumChange.Unregister) {
            contenders.remove(after.id(), change.id());
        } else if (change instanceof DatumChange.Register register) {
            Publisher publisher = register.publisher();
            if (outcome == ChangeOutcome.APPLIED) {
                contenders.removeOf(publisher.owner(), after.id(), change.id());
                if (before != null) {
                    before.find(change.id())
                            .filter(earlier -> isContending(after.id(), earlier, publisher))
                            .ifPresent(earlier -> contenders.put(after.id(), earlier, state.nanos()));
                }
            } else {
                after.find(change.id())
                        .filter(listed -> isContending(after.id(), publisher, listed))
                        .ifPresent(listed -> contenders.put(after.id(), publisher, state.nanos()));
            }
        }
    }

    /** Within one session its own table decides; and whoever has let its client go elsewhere has nobody behind it. */
    private boolean isContending(DataInfoId service, Publisher earlier, Publisher listed) {
        return earlier.order().clientVersion() == listed.order().clientVersion()
                && !earlier.owner().session().equals(listed.owner().session())
                && !moving.contains(service, earlier.id(), earlier.owner());
    }

    private boolean isGone(Publisher entry) {
        return state.sessions().isGone(entry.owner().session(), state.cluster());
    }

    /** What is listed with nobody behind it is told as abandoned: whoever lives may have it, before it goes. */
    static ChangeResult result(DataState state, Datum datum, DatumChange change, ChangeOutcome outcome) {
        ChangeResult result = ChangeResult.of(datum, change, outcome);
        ChangeResult.Known known = result.known();
        Publisher listed = known == null ? null : datum.find(change.id()).orElse(null);
        if (known == null || listed == null) {
            return result;
        }
        boolean isAbandoned = listed.isMoving()
                || state.sessions().isGone(listed.owner().session(), state.cluster())
                || state.slots()
                        .find(datum.id())
                        .filter(slot -> slot.held().isHeld(datum.id(), listed.id()))
                        .isPresent();
        return isAbandoned
                ? new ChangeResult(true, outcome, new ChangeResult.Known(known.order(), ChangeResult.State.ABANDONED))
                : result;
    }
}
