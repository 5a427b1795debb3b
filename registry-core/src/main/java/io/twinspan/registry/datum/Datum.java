package io.twinspan.registry.datum;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All publishers of one service in one datacenter, with the tombstones of those that went. Immutable; {@link #apply} is the one
 * rule by which it changes: idempotent, and in any order of arrival the same result. Lookups are by binary search in arrays
 * sorted by registration id, so a datum costs little more than its publishers.
 */
public final class Datum {
    /** Result of {@link #apply}. */
    public record Applied(Datum datum, List<ChangeOutcome> outcomes, boolean isContentChanged) {}

    private final DatacenterId datacenter;
    private final DataInfoId id;
    private final DatumVersion version;
    private final List<Publisher> publishers;
    private final List<Tombstone> tombstones;
    private final int contentHash;
    private final Map<DatacenterId, DatumVersion> after;

    private Datum(
            DatacenterId datacenter,
            DataInfoId id,
            DatumVersion version,
            List<Publisher> sortedPublishers,
            List<Tombstone> sortedTombstones,
            int contentHash,
            Map<DatacenterId, DatumVersion> after) {
        this.datacenter = datacenter;
        this.id = id;
        this.version = version;
        this.publishers = sortedPublishers;
        this.tombstones = sortedTombstones;
        this.contentHash = contentHash;
        this.after = after;
    }

    /** A datum nobody ever registered for, version {@link DatumVersion#NONE}. */
    public static Datum empty(DatacenterId datacenter, DataInfoId id) {
        return new Datum(datacenter, id, DatumVersion.NONE, List.of(), List.of(), 0, Map.of());
    }

    /** A datum as it was stored or fetched; the collections may be in any order, of a double id the later one stays. */
    public static Datum of(
            DatacenterId datacenter,
            DataInfoId id,
            DatumVersion version,
            Collection<Publisher> publishers,
            Collection<Tombstone> tombstones) {
        TreeMap<RegistrationId, Publisher> sorted = new TreeMap<>();
        for (Publisher each : publishers) {
            sorted.merge(each.id(), each, (a, b) -> b.order().isAfter(a.order()) ? b : a);
        }
        TreeMap<RegistrationId, Tombstone> removed = new TreeMap<>();
        for (Tombstone each : tombstones) {
            removed.merge(each.id(), each, (a, b) -> b.order().isAfter(a.order()) ? b : a);
        }
        int hash = sorted.values().stream().mapToInt(Publisher::contentHash).sum();
        return new Datum(
                datacenter, id, version, List.copyOf(sorted.values()), List.copyOf(removed.values()), hash, Map.of());
    }

    /** The datacenter whose clients registered these. */
    public DatacenterId datacenter() {
        return datacenter;
    }

    /** The service. */
    public DataInfoId id() {
        return id;
    }

    /** Names the content; see {@link DatumVersion}. */
    public DatumVersion version() {
        return version;
    }

    /** Sorted by registration id. */
    public List<Publisher> publishers() {
        return publishers;
    }

    /** Sorted by registration id. */
    public List<Tombstone> tombstones() {
        return tombstones;
    }

    /** Sum of the publishers' hashes: equal for equal content, whatever happened on the way. */
    public int contentHash() {
        return contentHash;
    }

    /**
     * Which version of another datacenter's datum of this service a subscriber must have before it is given this content: some of
     * what is missing here has gone over to there.
     */
    public Map<DatacenterId, DatumVersion> after() {
        return after;
    }

    /** The same, to be given only after these versions and those it follows already. */
    public Datum following(Map<DatacenterId, DatumVersion> others) {
        if (others.isEmpty()) {
            return this;
        }
        Map<DatacenterId, DatumVersion> later = new TreeMap<>(after);
        others.forEach((each, least) -> later.merge(each, least, (a, b) -> b.isAfter(a) ? b : a));
        return later.equals(after)
                ? this
                : new Datum(datacenter, id, version, publishers, tombstones, contentHash, Map.copyOf(later));
    }

    /** The same, following nothing: everybody has long been given what it followed. */
    public Datum followingNothing() {
        return after.isEmpty()
                ? this
                : new Datum(datacenter, id, version, publishers, tombstones, contentHash, Map.of());
    }

    /** Number of publishers. */
    public int count() {
        return publishers.size();
    }

    /** Number of addresses that all publishers together offer. */
    public int addressCount() {
        int sum = 0;
        for (Publisher each : publishers) {
            sum += each.addresses().size();
        }
        return sum;
    }

    /** About how many bytes this takes in a message; for bounds and budgets. */
    public long estimatedBytes() {
        long bytes = 64L + id.toString().length();
        for (Publisher each : publishers) {
            bytes += each.estimatedBytes();
        }
        return bytes + 64L * tombstones.size() + 32L * after.size();
    }

    /** The entry of a registration. */
    public Optional<Publisher> find(RegistrationId registration) {
        return DatumEdit.search(publishers, registration, Publisher::id);
    }

    /** What remains of a removed registration. */
    public Optional<Tombstone> findTombstone(RegistrationId registration) {
        return DatumEdit.search(tombstones, registration, Tombstone::id);
    }

    /** The addresses as subscribers see them: by zone, in the order of registration ids. */
    public Map<String, List<String>> addressesByZone() {
        Map<String, List<String>> byZone = new TreeMap<>();
        for (Publisher each : publishers) {
            byZone.computeIfAbsent(each.zone(), zone -> new ArrayList<>()).addAll(each.addresses());
        }
        return byZone;
    }

    /** The same content under another version. */
    public Datum withVersion(DatumVersion newVersion) {
        return new Datum(datacenter, id, newVersion, publishers, tombstones, contentHash, after);
    }

    /** The same with an operator's word that these are kept since then; since 0 when it counts no longer. No other version. */
    public Datum kept(Set<RegistrationId> ids, long sinceMillis) {
        List<Publisher> all = publishers.stream()
                .map(each -> ids.contains(each.id()) ? each.kept(sinceMillis) : each)
                .toList();
        return new Datum(datacenter, id, version, all, tombstones, contentHash, after);
    }

    /** The same without some of its tombstones. */
    public Datum withoutTombstones(Predicate<Tombstone> isOver) {
        List<Tombstone> kept = tombstones.stream().filter(isOver.negate()).toList();
        return kept.size() == tombstones.size()
                ? this
                : new Datum(datacenter, id, version, publishers, kept, contentHash, after);
    }

    /**
     * The same without some of its publishers, and without tombstones for them: for entries that nobody stands behind any more.
     * Should their owner turn up after all, its own list brings them back at once.
     *
     * @param minted asked once, and only when something goes
     */
    public Datum without(Predicate<Publisher> isOver, Supplier<DatumVersion> minted) {
        List<Publisher> kept = publishers.stream().filter(isOver.negate()).toList();
        if (kept.size() == publishers.size()) {
            return this;
        }
        int hash = kept.stream().mapToInt(Publisher::contentHash).sum();
        return new Datum(datacenter, id, minted.get(), kept, tombstones, hash, after);
    }

    /**
     * The same after some of its publishers were removed because nobody stands behind them: what remains of each lets any live
     * connection put it back.
     *
     * @param nowMillis the leader's physical time, kept in tombstones
     * @param minted asked once, and only when something goes
     */
    public Datum abandon(List<Publisher> over, long nowMillis, Supplier<DatumVersion> minted) {
        List<DatumChange> removals = over.stream()
                .<DatumChange>map(each -> new DatumChange.Remove(each.id(), each.owner()))
                .toList();
        return apply(removals, nowMillis, minted).datum();
    }

    /**
     * Applies changes in the order given. A version is minted only when what subscribers see has changed; a registration that
     * only renews its order or owner keeps the version.
     *
     * @param nowMillis the leader's physical time, kept in tombstones
     * @param minted asked at most once
     */
    public Applied apply(List<DatumChange> changes, long nowMillis, Supplier<DatumVersion> minted) {
        DatumEdit edit = new DatumEdit(publishers, tombstones, contentHash, nowMillis);
        List<ChangeOutcome> outcomes = new ArrayList<>(changes.size());
        for (DatumChange change : changes) {
            outcomes.add(edit.apply(change));
        }
        if (!edit.isTouched()) {
            return new Applied(this, outcomes, false);
        }
        boolean isContentChanged = edit.isContentChanged();
        DatumVersion next = isContentChanged ? minted.get() : version;
        Datum result = new Datum(
                datacenter, id, next, edit.sortedPublishers(), edit.sortedTombstones(), edit.contentHash(), after);
        return new Applied(result, outcomes, isContentChanged);
    }

    /** The same after what a patch names has come, changed or gone; see {@link DatumPatch#fits}. */
    public Datum patched(DatumPatch patch) {
        DatumEdit edit = new DatumEdit(publishers, tombstones, contentHash, 0);
        patch.publishers().forEach(edit::put);
        patch.tombstones().forEach(edit::put);
        patch.gone().forEach(edit::forget);
        return new Datum(
                datacenter,
                id,
                patch.version(),
                edit.sortedPublishers(),
                edit.sortedTombstones(),
                edit.contentHash(),
                patch.after());
    }

    /**
     * This and what another node holds of the same service in one, registration by registration: the later order stays, and of
     * equal orders the removal. Both ways round the same content; a version that already names it is kept, and one is minted only
     * when neither side's higher version does.
     *
     * @param minted asked at most once; gives a version above both
     */
    public Datum merge(Datum other, Supplier<DatumVersion> minted) {
        Datum merged = DatumEdit.merge(this, other);
        boolean isOursLater = !other.version.isAfter(version);
        Datum later = isOursLater ? this : other;
        DatumVersion named = merged.hasSameContent(later) ? later.version : minted.get();
        return merged.hasSameEntries(this) && named.equals(version) ? this : merged.withVersion(named);
    }

    private boolean hasSameEntries(Datum other) {
        return publishers.equals(other.publishers) && tombstones.equals(other.tombstones) && after.equals(other.after);
    }

    private boolean hasSameContent(Datum other) {
        if (publishers.size() != other.publishers.size()) {
            return false;
        }
        for (int i = 0; i < publishers.size(); i++) {
            if (!publishers.get(i).hasSameContent(other.publishers.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "Datum[" + datacenter + " " + id + " version=" + version + " count=" + count() + "]";
    }
}
