package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.Done;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.simulation.SlotTables;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.SlotTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A peer datacenter of one meta and one data node that answers as the test says, and remembers what it was asked. */
final class ScriptedPeer implements PeerClient {
    static final Endpoint META = new Endpoint("127.0.0.1", 9612);
    static final Endpoint SECOND_META = new Endpoint("127.0.0.1", 9712);

    final List<FetchDatums> fetches = new ArrayList<>();
    final List<Endpoint> askedMetas = new ArrayList<>();
    final List<RaiseVersion> raises = new ArrayList<>();
    final Map<DataInfoId, Function<DatumQuery, DatumAnswer>> answers = new HashMap<>();

    private final DatacenterId datacenter;
    private final List<Runnable> held = new ArrayList<>();
    private boolean isHolding;
    private boolean isDown;
    private boolean isFirstMetaDown;
    private Endpoint leader = new Endpoint("127.0.0.1", 9621);
    private SlotTable table = SlotTable.EMPTY;
    private NodeId node = new NodeId("east-1");

    ScriptedPeer(DatacenterId datacenter) {
        this.datacenter = datacenter;
        assign();
    }

    /** Keeps answers back until {@link #release}. */
    void hold() {
        isHolding = true;
    }

    void release() {
        isHolding = false;
        List<Runnable> due = List.copyOf(held);
        held.clear();
        due.forEach(Runnable::run);
    }

    void setDown(boolean isUnreachable) {
        isDown = isUnreachable;
    }

    void setFirstMetaDown() {
        isFirstMetaDown = true;
    }

    /** Another node leads every slot from now on. */
    void moveLeader() {
        node = new NodeId("east-2");
        leader = new Endpoint("127.0.0.1", 9721);
        assign();
    }

    @Override
    public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
        CompletableFuture<R> stage = new CompletableFuture<>();
        @SuppressWarnings("unchecked") // answer() gives each request its own kind of answer
        Runnable reply = () -> {
            try {
                stage.complete((R) answer(to, request));
            } catch (PeerException failure) {
                stage.completeExceptionally(failure);
            }
        };
        note(to, request);
        if (isHolding) {
            held.add(reply);
        } else {
            reply.run();
        }
        return stage;
    }

    private void note(Endpoint to, Request<?> request) {
        if (request instanceof FetchDatums fetch) {
            fetches.add(fetch);
        } else if (request instanceof FetchCluster) {
            askedMetas.add(to);
        } else if (request instanceof RaiseVersion raise) {
            raises.add(raise);
        }
    }

    private Object answer(Endpoint to, Request<?> request) {
        if (isDown || (isFirstMetaDown && to.equals(META))) {
            throw new PeerException(to + " is not there");
        }
        if (request instanceof FetchCluster) {
            Member member = new Member(node, datacenter, NodeRole.DATA, Map.of(NodePort.DATA_FOR_DATA, leader), 1);
            return new ClusterState(datacenter, table, 1, List.of(member));
        }
        if (request instanceof FetchDatums fetch) {
            return new DatumAnswers(fetch.queries().stream()
                    .map(query -> to.equals(leader)
                            ? answers.getOrDefault(query.id(), none -> DatumAnswer.unknown(datacenter, query.id()))
                                    .apply(query)
                            : DatumAnswer.notLeader(datacenter, query.id()))
                    .toList());
        }
        if (request instanceof RaiseVersion) {
            return Done.DONE;
        }
        throw new PeerException(to + " does not answer that");
    }

    private void assign() {
        table = SlotTables.ledBy(table, new Incarnation(1, 1), List.of(node));
    }
}
