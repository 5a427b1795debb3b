package io.twinspan.registry.digest;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.Tombstone;
import java.util.Collection;
import java.util.Map;

/**
 * One datum as replicas compare it: unlike a {@link DigestEntry} it also tells apart orders, owners, moves, what is kept, and tombstones.
 *
 * @param stateHash sum over publishers and tombstones; two nodes compute the same
 */
public record ReplicaDigest(DatumKey key, DatumVersion version, long stateHash) {
    /** The digest of a datum. */
    public static ReplicaDigest of(Datum datum) {
        long sum = datum.contentHash();
        for (Publisher each : datum.publishers()) {
            sum += hash(each);
        }
        for (Tombstone each : datum.tombstones()) {
            sum += mix(order(each.id().value().hashCode(), each.order()) + 1);
        }
        for (Map.Entry<DatacenterId, DatumVersion> each : datum.after().entrySet()) {
            sum += mix(
                    mix(each.getKey().name().hashCode()) * 31 + each.getValue().value());
        }
        return new ReplicaDigest(DatumKey.of(datum), datum.version(), sum);
    }

    /** One number for many datums, whatever their sequence; never 0. */
    public static long root(Collection<Datum> datums) {
        long sum = 0;
        for (Datum each : datums) {
            ReplicaDigest digest = of(each);
            sum += mix(mix(digest.stateHash * 31 + digest.version.value()) * 31
                    + digest.key.id().textHash()
                    + 31L * digest.key.datacenter().name().hashCode());
        }
        return sum == 0 ? 1 : sum;
    }

    private static long hash(Publisher publisher) {
        long hash = order(publisher.id().value().hashCode(), publisher.order());
        hash = mix(hash * 31 + publisher.owner().session().node().value().hashCode());
        hash = mix(hash * 31 + publisher.owner().session().start());
        hash = mix(hash * 31 + publisher.owner().connection());
        hash = mix(hash * 31 + publisher.appName().hashCode());
        hash = mix(hash * 31 + publisher.client().hashCode());
        // As it was before there were moves, so that releases with and without agree while nobody moves; so with what
        // is kept.
        hash = publisher.isMoving() ? mix(hash * 31 + publisher.movingSinceMillis()) : hash;
        return publisher.isKept() ? mix(hash * 37 + publisher.keptSinceMillis()) : hash;
    }

    private static long order(long id, RegistrationOrder order) {
        return mix(mix(id * 31 + order.clientVersion()) * 31 + order.stamp().value());
    }

    /** Finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
