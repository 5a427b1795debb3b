package io.twinspan.registry.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the decisions on duty: the highest one, those it was built on, and those it ignores. {@link #merge} is the only way
 * to take in what somebody else knows. It is idempotent and does not depend on the order, so all who have heard the same agree, and
 * it never gives a lower epoch. A decision that was made without knowledge of another one contests it: that happens only when two
 * datacenters were forced while they could not hear each other, and it is kept and shown until an operator has settled it.
 *
 * @param epoch of the highest decision; null while nothing has been decided
 * @param duties what it decided; one datacenter at most is active
 * @param lineage the decisions it was built on, itself included, the highest first, at most {@link #REMEMBERED}
 * @param settled decisions outside of the lineage that operators have settled
 * @param contested decisions that the highest one was made without knowledge of, or itself when two contents of it were heard
 */
public record FederationState(
        @Nullable FederationEpoch epoch,
        Map<DatacenterId, Duty> duties,
        List<FederationEpoch> lineage,
        Set<FederationEpoch> settled,
        Set<FederationEpoch> contested) {
    private static final Comparator<FederationEpoch> HIGHEST_FIRST = Comparator.reverseOrder();

    /** Most decisions in each of the collections; older ones count as known to everybody. */
    public static final int REMEMBERED = 64;

    /** Nothing has been decided. */
    public static final FederationState NONE = new FederationState(null, Map.of(), List.of(), Set.of(), Set.of());

    /** Refuses two active datacenters, and bounds and copies the collections. */
    public FederationState {
        duties = Map.copyOf(duties);
        if (duties.values().stream().filter(duty -> duty == Duty.ACTIVE).count() > 1) {
            throw new IllegalArgumentException("epoch " + epoch + " has two active datacenters: " + duties);
        }
        lineage = highest(lineage);
        settled = Set.copyOf(highest(settled));
        contested = Set.copyOf(highest(contested));
        if (epoch == null ? !lineage.isEmpty() || !duties.isEmpty() : !lineage.contains(epoch)) {
            throw new IllegalArgumentException("the lineage of epoch " + epoch + " is " + lineage);
        }
    }

    /** The duties with one datacenter active and the others standing by. */
    public static Map<DatacenterId, Duty> oneActive(DatacenterId active, Collection<DatacenterId> all) {
        Map<DatacenterId, Duty> duties = new HashMap<>();
        all.forEach(each -> duties.put(each, Duty.STANDBY));
        duties.put(active, Duty.ACTIVE);
        return duties;
    }

    /** True when somebody has decided something. */
    public boolean isDecided() {
        return epoch != null;
    }

    /** True while two datacenters have decided without knowledge of each other and no operator has settled it. */
    public boolean isConflict() {
        return !contested.isEmpty();
    }

    /** Number of the highest decision; 0 while there is none. */
    public long number() {
        return epoch == null ? 0 : epoch.number();
    }

    /** The datacenter to which clients are sent. */
    public Optional<DatacenterId> active() {
        return duties.entrySet().stream()
                .filter(each -> each.getValue() == Duty.ACTIVE)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What a datacenter is there for; joining while nothing has been decided about it. */
    public Duty duty(DatacenterId datacenter) {
        return duties.getOrDefault(datacenter, Duty.JOINING);
    }

    /** The state after another decision, which takes the place of this one and settles nothing. */
    public FederationState next(DatacenterId by, Map<DatacenterId, Duty> decided) {
        FederationEpoch following = epoch == null ? new FederationEpoch(1, by) : epoch.next(by);
        List<FederationEpoch> longer = new ArrayList<>(lineage);
        longer.add(following);
        return new FederationState(following, decided, longer, settled, contested);
    }

    /** The state after an operator has seen everything that is contested and decided who is right. */
    public FederationState settled(DatacenterId by, Map<DatacenterId, Duty> decided) {
        FederationState decision = next(by, decided);
        Set<FederationEpoch> all = new TreeSet<>(settled);
        all.addAll(contested);
        return new FederationState(decision.epoch, decision.duties, decision.lineage, all, Set.of());
    }

    /** Why what a peer knows is not believed; empty when it may be merged. */
    public String refusal(FederationState offered) {
        FederationEpoch theirs = offered.epoch;
        return epoch != null && theirs != null && theirs.isTooFarFrom(epoch)
                ? "epoch " + theirs + " is more than " + FederationEpoch.FARTHEST_AHEAD + " ahead of epoch " + epoch
                        + ", which is known here; it is not believed"
                : "";
    }

    /** What is known to whoever knows both. */
    public FederationState merge(FederationState other) {
        FederationEpoch ours = epoch;
        FederationEpoch theirs = other.epoch;
        if (theirs == null) {
            return this;
        }
        if (ours == null) {
            return other;
        }
        int order = ours.compareTo(theirs);
        if (order == 0) {
            return mergeTwins(other);
        }
        FederationState winner = order > 0 ? this : other;
        FederationState loser = order > 0 ? other : this;
        Set<FederationEpoch> allSettled = new TreeSet<>(settled);
        allSettled.addAll(other.settled);
        Set<FederationEpoch> unknown = new TreeSet<>();
        Stream.of(winner.contested, loser.contested, loser.lineage)
                .flatMap(Collection::stream)
                .filter(each -> each.equals(winner.epoch) || !(winner.knows(each) || allSettled.contains(each)))
                .forEach(unknown::add);
        return new FederationState(winner.epoch, winner.duties, winner.lineage, allSettled, unknown);
    }

    /** One epoch heard twice. Two contents of it are possible when a meta group lost its disks and counted again. */
    private FederationState mergeTwins(FederationState other) {
        Set<FederationEpoch> union = new TreeSet<>(contested);
        union.addAll(other.contested);
        Set<FederationEpoch> allSettled = new TreeSet<>(settled);
        allSettled.addAll(other.settled);
        if (!duties.equals(other.duties) && epoch != null) {
            union.add(epoch);
        }
        FederationState kept = written().compareTo(other.written()) >= 0 ? this : other;
        List<FederationEpoch> all = new ArrayList<>(lineage);
        all.addAll(other.lineage);
        union.removeIf(each -> !each.equals(epoch) && allSettled.contains(each));
        return new FederationState(epoch, kept.duties, all, allSettled, union);
    }

    private boolean knows(FederationEpoch other) {
        return lineage.contains(other)
                || settled.contains(other)
                || (lineage.size() == REMEMBERED
                        && other.number() < lineage.get(lineage.size() - 1).number());
    }

    private String written() {
        return new TreeMap<>(duties).toString();
    }

    private static List<FederationEpoch> highest(Collection<FederationEpoch> all) {
        return all.stream().distinct().sorted(HIGHEST_FIRST).limit(REMEMBERED).toList();
    }
}
