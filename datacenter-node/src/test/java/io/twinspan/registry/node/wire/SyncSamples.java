package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.Root;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.message.FetchSlotContent;
import io.twinspan.registry.message.FetchSlotDigest;
import io.twinspan.registry.message.FetchSlotRoots;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SlotContent;
import io.twinspan.registry.message.SlotDigest;
import io.twinspan.registry.message.SlotPlace;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import java.util.stream.Stream;

/** What peer datacenters say to one another about their digests, with something in every field. */
final class SyncSamples {
    private static final NodeId NODE = new NodeId("east-1");
    private static final SlotId SLOT = new SlotId(255);
    private static final DataInfoId ID = new DataInfoId("com.example.Orders", "tenant", "SOFA");
    private static final AnnouncementOrder PLACE =
            new AnnouncementOrder(new Incarnation(1_700_000_000_000L, -9), new LeaderEpoch(17), Long.MAX_VALUE);
    private static final SlotRoot ROOT = new SlotRoot(SLOT, PLACE, 3, new Root(-1, -2), new DatumVersion(77));
    private static final DigestEntry ENTRY = new DigestEntry(ID, new DatumVersion(78), 2, -5);

    private SyncSamples() {}

    static Stream<Request<?>> withRequests(Request<?>... others) {
        return Stream.concat(
                Stream.of(others),
                Stream.of(
                        new FetchSlotRoots(SlotId.COUNT, List.of(new SlotPlace(SLOT, PLACE))),
                        new FetchSlotRoots(128, List.of()),
                        new FetchSlotDigest(SLOT, null, 0),
                        new FetchSlotDigest(SLOT, PLACE, 4),
                        new FetchSlotContent(SLOT, null),
                        new FetchSlotContent(SLOT, ID)));
    }

    static Stream<Object> withAnswers(Object... others) {
        return Stream.concat(
                Stream.of(others),
                Stream.of(
                        new SlotRoots(NODE, SlotId.COUNT, List.of(ROOT), List.of(ROOT)),
                        new SlotDigest(NODE, ROOT, 1, 2, List.of(ENTRY)),
                        SlotDigest.unknown(NODE),
                        new SlotContent(true, List.of(ENTRY), true)));
    }
}
