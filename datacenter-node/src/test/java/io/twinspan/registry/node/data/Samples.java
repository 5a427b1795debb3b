package io.twinspan.registry.node.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Publishers and datums for tests. */
public final class Samples {
    private Samples() {}

    /** A publisher of session {@code s1}, number and stamp telling it apart. */
    public static Publisher publisher(int number, long stamp, String address) {
        return publisher(new SessionIncarnation(new NodeId("s1"), 1), number, stamp, address);
    }

    /** A publisher of a session; its connection has the publisher's number. */
    public static Publisher publisher(SessionIncarnation session, int number, long stamp, String address) {
        return new Publisher(
                RegistrationId.ofSofa("r" + number),
                new RegistrationOrder(1, new Stamp(stamp)),
                new Owner(session, number),
                "zone",
                "app",
                "10.0.0." + number % 250 + ":5000",
                List.of(address));
    }

    /** A datum with publishers 0 to count - 1. */
    public static Datum datum(String datacenter, String service, int count) {
        List<Publisher> publishers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            publishers.add(publisher(i, 1, "10.0." + i / 250 + "." + i % 250 + ":12200?app=app&weight=100"));
        }
        return Datum.of(
                new DatacenterId(datacenter), DataInfoId.of(service), new DatumVersion(500), publishers, List.of());
    }

    /** Every registration a datum knows of. */
    public static Set<RegistrationId> ids(Datum datum) {
        return datum.publishers().stream().map(Publisher::id).collect(Collectors.toSet());
    }

    /** Compares all of two datums. */
    public static void assertSame(Datum actual, Datum expected) {
        assertThat(actual.datacenter()).isEqualTo(expected.datacenter());
        assertThat(actual.id()).isEqualTo(expected.id());
        assertThat(actual.version()).isEqualTo(expected.version());
        assertThat(actual.publishers()).isEqualTo(expected.publishers());
        assertThat(actual.tombstones()).isEqualTo(expected.tombstones());
        assertThat(actual.contentHash()).isEqualTo(expected.contentHash());
    }
}
