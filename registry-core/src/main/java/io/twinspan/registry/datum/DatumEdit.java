package io.twinspan.registry.datum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The merge rule: what each change does to a datum. Changes are kept beside the original and merged in one pass at the end, so a
 * batch costs one copy of the datum whatever its size.
 */
final class DatumEdit {
    private final List<Publisher> publishers;
    private final List<Tombstone> tombstones;
    private final long nowMillis;
    private final TreeMap<RegistrationId, Optional<Publisher>> changedPublishers = new TreeMap<>();
    private final TreeMap<RegistrationId, Optional<Tombstone>> changedTombstones = new TreeMap<>();
    private int contentHash;

    DatumEdit(List<Publisher> publishers, List<Tombstone> tombstones, int contentHash, long nowMillis) {
        this.publishers = publishers;
        this.tombstones = tombstones;
        this.contentHash = contentHash;
        this.nowMillis = nowMillis;
    }

    ChangeOutcome apply(DatumChange change) {
        if (change instanceof DatumChange.Register register) {
            return register(register.publisher());
        }
        if (change instanceof DatumChange.Unregister unregister) {
            return unregister(unregister);
        }
        return remove((DatumChange.Remove) change);
    }

    /** Puts it there, whatever was there before. */
    void put(Publisher publisher) {
        forget(publisher.id());
        contentHash += publisher.contentHash();
        changedPublishers.put(publisher.id(), Optional.of(publisher));
    }

    /** Puts it there, whatever was there before. */
    void put(Tombstone tombstone) {
        forget(tombstone.id());
        changedTombstones.put(tombstone.id(), Optional.of(tombstone));
    }

    /** Leaves neither publisher nor tombstone. */
    void forget(RegistrationId id) {
        find(id).ifPresent(old -> contentHash -= old.contentHash());
        changedPublishers.put(id, Optional.empty());
        changedTombstones.put(id, Optional.empty());
    }

    /** The later of what two datums know of each registration, under the version of the first. */
    static Datum merge(Datum a, Datum b) {
        TreeMap<RegistrationId, Publisher> live = new TreeMap<>();
        a.publishers().forEach(each -> live.put(each.id(), each));
        b.publishers().forEach(each -> live.merge(each.id(), each, DatumEdit::later));
        TreeMap<RegistrationId, Tombstone> removed = new TreeMap<>();
        a.tombstones().forEach(each -> removed.put(each.id(), each));
        b.tombstones()
                .forEach(each ->
                        removed.merge(each.id(), each, (one, two) -> two.order().isAfter(one.order()) ? two : one));
        removed.values().removeIf(tombstone -> {
            Publisher publisher = live.get(tombstone.id());
            boolean isRenewed = publisher != null && publisher.order().isAfter(tombstone.order());
            if (publisher != null && !isRenewed) {
                live.remove(tombstone.id());
            }
            return isRenewed;
        });
        return Datum.of(a.datacenter(), a.id(), a.version(), live.values(), removed.values())
                .following(a.after())
                .following(b.after());
    }

    private static Publisher later(Publisher a, Publisher b) {
        int order = b.order().compareTo(a.order());
        return order > 0 || (order == 0 && TIE_BREAK.compare(b, a) > 0) ? b : a;
    }

    boolean isTouched() {
        return !changedPublishers.isEmpty() || !changedTombstones.isEmpty();
    }

    /** Compares with where it began: what came and went within one batch was never seen by anybody. */
    boolean isContentChanged() {
        for (Map.Entry<RegistrationId, Optional<Publisher>> changed : changedPublishers.entrySet()) {
            Optional<Publisher> before = search(publishers, changed.getKey(), Publisher::id);
            Optional<Publisher> after = changed.getValue();
            if (before.isPresent() != after.isPresent()
                    || (before.isPresent() && !before.get().hasSameContent(after.get()))) {
                return true;
            }
        }
        return false;
    }

    int contentHash() {
        return contentHash;
    }

    List<Publisher> sortedPublishers() {
        return merge(publishers, changedPublishers, Publisher::id);
    }

    List<Tombstone> sortedTombstones() {
        return merge(tombstones, changedTombstones, Tombstone::id);
    }

    private ChangeOutcome register(Publisher publisher) {
        Optional<Publisher> known = find(publisher.id());
        if (known.isPresent()) {
            Publisher old = known.get();
            int order = publisher.order().compareTo(old.order());
            if (order < 0) {
                return ChangeOutcome.OLDER;
            }
            // Equal order with another owner or content can only be a copy that lost a race; the larger one wins
            // everywhere.
            if (order == 0 && TIE_BREAK.compare(publisher, old) <= 0) {
                return ChangeOutcome.APPLIED;
            }
            contentHash += publisher.contentHash() - old.contentHash();
        } else {
            Optional<Tombstone> removed = findTombstone(publisher.id());
            if (removed.isPresent() && !publisher.order().isAfter(removed.get().order())) {
                return ChangeOutcome.OLDER;
            }
            removed.ifPresent(t -> changedTombstones.put(t.id(), Optional.empty()));
            contentHash += publisher.contentHash();
        }
        changedPublishers.put(publisher.id(), Optional.of(publisher));
        return ChangeOutcome.APPLIED;
    }

    private ChangeOutcome unregister(DatumChange.Unregister change) {
        Optional<Publisher> known = find(change.id());
        if (known.isPresent()) {
            Publisher old = known.get();
            if (old.order().isAfter(change.order())) {
                return ChangeOutcome.OLDER;
            }
            if (!old.owner().equals(change.by()) && !change.overridesOwner()) {
                return ChangeOutcome.NOT_OWNER;
            }
            takeAway(old, change.order(), false);
            return ChangeOutcome.APPLIED;
        }
        Optional<Tombstone> removed = findTombstone(change.id());
        if (removed.isEmpty() || change.order().isAfter(removed.get().order())) {
            bury(change.id(), change.order(), false);
        }
        return ChangeOutcome.ABSENT;
    }

    private ChangeOutcome remove(DatumChange.Remove change) {
        Optional<Publisher> known = find(change.id());
        if (known.isEmpty()) {
            return ChangeOutcome.ABSENT;
        }
        if (!known.get().owner().equals(change.owner())) {
            return ChangeOutcome.NOT_OWNER;
        }
        takeAway(known.get(), known.get().order(), true);
        return ChangeOutcome.APPLIED;
    }

    private void takeAway(Publisher old, RegistrationOrder order, boolean isLeftByClose) {
        changedPublishers.put(old.id(), Optional.empty());
        contentHash -= old.contentHash();
        bury(old.id(), order, isLeftByClose);
    }

    private void bury(RegistrationId id, RegistrationOrder order, boolean isLeftByClose) {
        changedTombstones.put(id, Optional.of(new Tombstone(id, order, nowMillis, isLeftByClose)));
    }

    private static final Comparator<Publisher> TIE_BREAK = Comparator.comparing(
                    (Publisher p) -> p.owner().session().start())
            .thenComparing(p -> p.owner().session().node())
            .thenComparing(p -> p.owner().connection())
            .thenComparing(Publisher::addresses, DatumEdit::compareTexts)
            .thenComparing(Publisher::zone)
            .thenComparing(Publisher::appName)
            .thenComparing(Publisher::client)
            // The owner says it once, and nothing but a later registration ends it.
            .thenComparing(Publisher::movingSinceMillis)
            // One who has not heard what the operator said must not undo it.
            .thenComparing(Publisher::keptSinceMillis);

    private static int compareTexts(List<String> a, List<String> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private Optional<Publisher> find(RegistrationId id) {
        Optional<Publisher> changed = changedPublishers.get(id);
        return changed != null ? changed : search(publishers, id, Publisher::id);
    }

    private Optional<Tombstone> findTombstone(RegistrationId id) {
        Optional<Tombstone> changed = changedTombstones.get(id);
        return changed != null ? changed : search(tombstones, id, Tombstone::id);
    }

    static <T> Optional<T> search(List<T> sorted, RegistrationId id, Function<T, RegistrationId> idOf) {
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = idOf.apply(sorted.get(middle)).compareTo(id);
            if (order == 0) {
                return Optional.of(sorted.get(middle));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /** One pass over two sorted sequences; a changed entry replaces, removes or adds. */
    private static <T> List<T> merge(
            List<T> original, Map<RegistrationId, Optional<T>> changed, Function<T, RegistrationId> idOf) {
        if (changed.isEmpty()) {
            return original;
        }
        List<T> merged = new ArrayList<>(original.size() + changed.size());
        int at = 0;
        for (Map.Entry<RegistrationId, Optional<T>> change : changed.entrySet()) {
            while (at < original.size() && idOf.apply(original.get(at)).compareTo(change.getKey()) < 0) {
                merged.add(original.get(at++));
            }
            if (at < original.size() && idOf.apply(original.get(at)).equals(change.getKey())) {
                at++;
            }
            change.getValue().ifPresent(merged::add);
        }
        merged.addAll(original.subList(at, original.size()));
        return List.copyOf(merged);
    }
}
