package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveStage;
import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.message.FetchMove;
import io.twinspan.registry.message.MoveStanding;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.ShareMove;
import java.util.List;
import java.util.stream.Stream;

/** What is said about moves, with something in every field. */
final class MoveSamples {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final List<Endpoint> SERVERS = List.of(new Endpoint("10.0.0.9", 9600));
    static final MoveOrder ORDER = new MoveOrder(
            9, "run-1", new FederationEpoch(7, WEST), EAST, WEST, MoveStage.COMMITTED, 1_800_000_000_000L);
    private static final MoveProgress PROGRESS =
            new MoveProgress("run-1", 1, 2, 3, 4, 5, 6, 7, 8, List.of("a service, a client"));

    private MoveSamples() {}

    static Stream<Request<?>> requests() {
        return Stream.of(
                new RenewLease(ClusterSamples.MEMBER, List.of(), true, 3, PROGRESS),
                new FetchMove(),
                new ShareMove(EAST, new MoveStanding(ORDER, true, SERVERS)));
    }

    static Stream<Object> answers() {
        return Stream.of(
                MoveView.NONE,
                new MoveView(5, ORDER, true, SERVERS),
                new MoveStanding(null, false, List.of()),
                new MoveStanding(ORDER, true, SERVERS));
    }
}
