package io.twinspan.registry.node.wire;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A member and a table with something in every field. */
final class ClusterSamples {
    private static final NodeId NODE = new NodeId("node-1");

    static final Member MEMBER = new Member(
            NODE,
            new DatacenterId("east"),
            NodeRole.DATA,
            Map.of(NodePort.DATA_FOR_DATA, new Endpoint("10.0.0.9", 9621), NodePort.DATA_HTTP, new Endpoint("h", 9622)),
            Stamp.atMillis(1_800_000_000_000L).value());

    static final SlotTable TABLE = new SlotTable(
            new SlotTableEpoch(new Incarnation(1_700_000_000_000L, -7), 12),
            IntStream.range(0, SlotId.COUNT)
                    .mapToObj(i -> new Slot(new SlotId(i), new LeaderEpoch(i), List.of(NODE, new NodeId("follower"))))
                    .toList());

    private ClusterSamples() {}
}
