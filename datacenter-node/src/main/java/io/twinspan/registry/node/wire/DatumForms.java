package io.twinspan.registry.node.wire;

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
import io.twinspan.registry.datum.Tombstone;
import io.twinspan.registry.node.wire.proto.DataInfoIdData;
import io.twinspan.registry.node.wire.proto.DatumData;
import io.twinspan.registry.node.wire.proto.FollowedVersionData;
import io.twinspan.registry.node.wire.proto.OrderData;
import io.twinspan.registry.node.wire.proto.OwnerData;
import io.twinspan.registry.node.wire.proto.PublisherData;
import io.twinspan.registry.node.wire.proto.SessionIncarnationData;
import io.twinspan.registry.node.wire.proto.TombstoneData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Services, publishers and datums as protobuf messages and back. What a record refuses is an {@link IllegalArgumentException}
 * here; whoever reads bytes turns it into a {@link MalformedMessageException}.
 */
public final class DatumForms {
    private DatumForms() {}

    /** A service name. */
    public static DataInfoIdData form(DataInfoId id) {
        return DataInfoIdData.newBuilder()
                .setDataId(id.dataId())
                .setInstanceId(id.instanceId())
                .setGroup(id.group())
                .build();
    }

    /** A service name. */
    public static DataInfoId read(DataInfoIdData form) {
        return new DataInfoId(form.getDataId(), form.getInstanceId(), form.getGroup());
    }

    /** A session's life. */
    public static SessionIncarnationData form(SessionIncarnation session) {
        return SessionIncarnationData.newBuilder()
                .setNode(session.node().value())
                .setStart(session.start())
                .build();
    }

    /** A session's life. */
    public static SessionIncarnation read(SessionIncarnationData form) {
        return new SessionIncarnation(new NodeId(form.getNode()), form.getStart());
    }

    /** An owner. */
    public static OwnerData form(Owner owner) {
        return OwnerData.newBuilder()
                .setSession(form(owner.session()))
                .setConnection(owner.connection())
                .build();
    }

    /** An owner. */
    public static Owner read(OwnerData form) {
        return new Owner(read(form.getSession()), form.getConnection());
    }

    /** An order. */
    public static OrderData form(RegistrationOrder order) {
        return OrderData.newBuilder()
                .setClientVersion(order.clientVersion())
                .setStamp(order.stamp().value())
                .build();
    }

    /** An order. */
    public static RegistrationOrder read(OrderData form) {
        return new RegistrationOrder(form.getClientVersion(), new Stamp(form.getStamp()));
    }

    /** A publisher. */
    public static PublisherData form(Publisher publisher) {
        return PublisherData.newBuilder()
                .setId(publisher.id().value())
                .setOrder(form(publisher.order()))
                .setOwner(form(publisher.owner()))
                .setZone(publisher.zone())
                .setAppName(publisher.appName())
                .setClient(publisher.client())
                .addAllAddresses(publisher.addresses())
                .setMovingSinceMillis(publisher.movingSinceMillis())
                .setKeptSinceMillis(publisher.keptSinceMillis())
                .build();
    }

    /** A publisher. */
    public static Publisher read(PublisherData form) {
        return new Publisher(
                new RegistrationId(form.getId()),
                read(form.getOrder()),
                read(form.getOwner()),
                form.getZone(),
                form.getAppName(),
                form.getClient(),
                form.getAddressesList(),
                form.getMovingSinceMillis(),
                form.getKeptSinceMillis());
    }

    /** A tombstone. */
    public static TombstoneData form(Tombstone tombstone) {
        return TombstoneData.newBuilder()
                .setId(tombstone.id().value())
                .setOrder(form(tombstone.order()))
                .setRemovedAtMillis(tombstone.removedAtMillis())
                .setLeftByClose(tombstone.isLeftByClose())
                .build();
    }

    /** A tombstone. */
    public static Tombstone read(TombstoneData form) {
        return new Tombstone(
                new RegistrationId(form.getId()),
                read(form.getOrder()),
                form.getRemovedAtMillis(),
                form.getLeftByClose());
    }

    /** A datum with its tombstones. */
    public static DatumData form(Datum datum) {
        DatumData.Builder form = DatumData.newBuilder()
                .setDatacenter(datum.datacenter().name())
                .setId(form(datum.id()))
                .setVersion(datum.version().value());
        datum.publishers().forEach(publisher -> form.addPublishers(form(publisher)));
        datum.tombstones().forEach(tombstone -> form.addTombstones(form(tombstone)));
        return form.addAllAfter(after(datum.after())).build();
    }

    /** A datum with its tombstones. */
    public static Datum read(DatumData form) {
        List<Publisher> publishers = new ArrayList<>(form.getPublishersCount());
        form.getPublishersList().forEach(each -> publishers.add(read(each)));
        List<Tombstone> tombstones = new ArrayList<>(form.getTombstonesCount());
        form.getTombstonesList().forEach(each -> tombstones.add(read(each)));
        return Datum.of(
                        new DatacenterId(form.getDatacenter()),
                        read(form.getId()),
                        new DatumVersion(form.getVersion()),
                        publishers,
                        tombstones)
                .following(after(form.getAfterList()));
    }

    /** What a datum follows. */
    static List<FollowedVersionData> after(Map<DatacenterId, DatumVersion> after) {
        return after.entrySet().stream()
                .map(each -> FollowedVersionData.newBuilder()
                        .setDatacenter(each.getKey().name())
                        .setVersion(each.getValue().value())
                        .build())
                .toList();
    }

    /** What a datum follows. */
    static Map<DatacenterId, DatumVersion> after(List<FollowedVersionData> forms) {
        Map<DatacenterId, DatumVersion> after = new HashMap<>();
        forms.forEach(each -> after.put(new DatacenterId(each.getDatacenter()), new DatumVersion(each.getVersion())));
        return after;
    }
}
