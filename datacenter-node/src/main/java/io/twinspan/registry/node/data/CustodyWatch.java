package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.policy.PolicyTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Which of the peers' datums of one slot are in {@link Custody} now, or too old to be served. In custody is what operators have
 * declared lost, and of a peer that is to have no clients what lists registrations that are over, or of which it has fallen silent:
 * what it says first when it is back is what it knew before, so that lasts until it is readmitted.
 */
final class CustodyWatch {
    /**
     * After so much silence a peer that is to have no clients counts as lost: it names all it has each 5 s. Own lists that follow its
     * lists wait no longer than this, and clients come back within seconds.
     */
    private static final Duration LOST_AFTER = Duration.ofSeconds(15);

    /** @param over what is not shown of it; empty while the peer can speak for itself */
    private record Position(boolean isTooOld, Optional<Set<RegistrationId>> over) {
        static final Position SPEAKS = new Position(false, Optional.empty());
    }

    private final DatacenterId own;
    private final DatumStore datums;
    private final ToLongFunction<DatumKey> age;
    private final Duration bound;
    private final Map<DatumKey, Position> told = new HashMap<>();
    private PolicyTable policies = PolicyTable.EMPTY;
    private Set<DatacenterId> down = Set.of();

    /**
     * @param age milliseconds since the peer last stood behind a datum; negative while that is not known
     * @param bound what is older is not served
     */
    CustodyWatch(DatacenterId own, DatumStore datums, ToLongFunction<DatumKey> age, Duration bound) {
        this.own = own;
        this.datums = datums;
        this.age = age;
        this.bound = bound;
    }

    /** @param out datacenters that are to have no clients: taken out, or lost when a failover was forced */
    void decide(PolicyTable decided, Set<DatacenterId> out) {
        policies = decided;
        down = out;
    }

    /** True when nobody has stood behind it for so long that it is not served. */
    boolean isTooOld(DatumKey key) {
        return age.applyAsLong(key) > bound.toMillis();
    }

    /** What is shown of a datum that is in custody, to be given after the own one; empty while the peer can speak for itself. */
    Optional<Datum> left(Datum theirs) {
        return mine(DatumKey.of(theirs))
                .flatMap(mine -> over(theirs, mine).map(over -> Custody.without(theirs, over, mine)));
    }

    /** True when sessions are to hear of it: something else is shown of it than at the last look. */
    boolean hasTurned(DatumKey key) {
        Position now = new Position(
                isTooOld(key), find(key).flatMap(theirs -> mine(key).flatMap(mine -> over(theirs, mine))));
        Position before = now.equals(Position.SPEAKS) ? told.remove(key) : told.put(key, now);
        return !now.equals(before == null ? Position.SPEAKS : before);
    }

    /** How many registrations the datum of a peer that is to have no clients lists in vain, whether that speaks or not. */
    int outdated(DatumKey key) {
        return down.contains(key.datacenter())
                ? find(key)
                        .flatMap(theirs ->
                                mine(key).map(mine -> Custody.over(mine, theirs).size()))
                        .orElse(0)
                : 0;
    }

    /** Nothing is held of it any more. */
    void forget(DatumKey key) {
        told.remove(key);
    }

    private Optional<Set<RegistrationId>> over(Datum theirs, Datum mine) {
        DatumKey key = DatumKey.of(theirs);
        boolean isWithdrawn = policies.isWithdrawn(key.datacenter(), key.id());
        if (isWithdrawn && mine.count() > 0) {
            return Optional.of(theirs.publishers().stream().map(Publisher::id).collect(Collectors.toUnmodifiableSet()));
        }
        if (!isWithdrawn && !down.contains(key.datacenter())) {
            return Optional.empty();
        }
        Set<RegistrationId> over = Custody.over(mine, theirs);
        return isWithdrawn || !over.isEmpty() || isSilent(key) ? Optional.of(over) : Optional.empty();
    }

    private boolean isSilent(DatumKey key) {
        long millis = age.applyAsLong(key);
        return millis < 0 || millis > LOST_AFTER.toMillis();
    }

    private Optional<Datum> mine(DatumKey key) {
        return datums.find(own, key.id());
    }

    private Optional<Datum> find(DatumKey key) {
        return datums.find(key.datacenter(), key.id());
    }
}
