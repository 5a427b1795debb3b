package io.twinspan.registry.sync.announce;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.List;

/** Announcements for tests. */
public final class Announcements {
    /** When these datacenters were made, in milliseconds since 1970. */
    public static final long CREATED = Stamp.EPOCH_MILLIS + 1_000;

    private Announcements() {}

    /** A version minted so many milliseconds after {@link #CREATED}. */
    public static DatumVersion version(long millis) {
        return new DatumVersion(Stamp.atMillis(CREATED + millis).value());
    }

    /** An entry with one publisher. */
    public static DigestEntry entry(DataInfoId id, long millis) {
        return new DigestEntry(id, version(millis), 1, (int) millis);
    }

    /** An entry without publishers. */
    public static DigestEntry emptied(DataInfoId id, long millis) {
        return new DigestEntry(id, version(millis), 0, 0);
    }

    /** Entries of so many datums of one slot. */
    public static List<DigestEntry> entriesOf(SlotId slot, int count) {
        List<DigestEntry> entries = new ArrayList<>();
        for (int i = 0; entries.size() < count; i++) {
            DataInfoId id = DataInfoId.of("com.example.orders.OrderFacade" + i + ":1.0@DEFAULT");
            if (SlotId.of(id).equals(slot)) {
                entries.add(entry(id, entries.size() + 1));
            }
        }
        return entries;
    }

    /** A place in the order of a slot. */
    public static AnnouncementOrder order(long incarnation, long epoch, long sequence) {
        return new AnnouncementOrder(new Incarnation(CREATED + incarnation, 7), new LeaderEpoch(epoch), sequence);
    }

    /** One node of a datacenter, at the time when that was made. */
    public static Sender sender(DatacenterId datacenter) {
        return new Sender(datacenter, new NodeId(datacenter.name() + "-1"), Stamp.atMillis(CREATED));
    }

    /** The announcement of one entry. */
    public static Changed changed(DatacenterId datacenter, AnnouncementOrder order, DigestEntry entry) {
        return new Changed(sender(datacenter), SlotId.of(entry.id()), order, List.of(entry));
    }
}
