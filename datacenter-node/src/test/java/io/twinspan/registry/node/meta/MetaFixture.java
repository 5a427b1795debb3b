package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** One meta role of datacenter east on an in-memory log and manual time. */
final class MetaFixture {
    static final DatacenterId EAST = new DatacenterId("east");

    final ManualEventLoop loop = new ManualEventLoop();
    final InMemoryCommandLog log;
    final RecordingLeader leader = new RecordingLeader();
    final MetaRole role;

    MetaFixture() {
        this(new InMemoryCommandLog());
    }

    MetaFixture(InMemoryCommandLog log) {
        this(log, MetaSettings.standard());
    }

    MetaFixture(InMemoryCommandLog log, MetaSettings settings) {
        this.log = log;
        this.role = new MetaRole(
                EAST,
                new MetaPorts(
                        log,
                        loop.clock().hybrid(),
                        new Random(7),
                        new MetaNeighbours(leader, List.of(), to -> to),
                        loop),
                settings);
        role.start();
        loop.runDue();
    }

    static Member session(String node) {
        return member(node, NodeRole.SESSION, NodePort.SESSION_CLIENT, 1);
    }

    static Member data(String node) {
        return member(node, NodeRole.DATA, NodePort.DATA_FOR_SESSION, 1);
    }

    static Member member(String node, NodeRole role, NodePort port, long incarnation) {
        return new Member(
                new NodeId(node),
                EAST,
                role,
                Map.of(port, new Endpoint(node + ".example", port.defaultNumber())),
                incarnation);
    }

    LeaseGrant renew(Member member) {
        return answer(new RenewLease(member, List.of()));
    }

    <R> R answer(Request<R> request) {
        CompletableFuture<R> answer = role.dispatcher()
                .dispatch(request, new Caller(EAST, new NodeId("caller"), NodeRole.SESSION))
                .toCompletableFuture();
        loop.runDue();
        if (!answer.isDone()) {
            throw new AssertionError("no answer to " + request);
        }
        return answer.join();
    }

    /** Lets time pass in steps of a second, the given members renewing in each. */
    void pass(Duration time, Member... renewing) {
        for (long second = 0; second < time.toSeconds(); second++) {
            for (Member member : renewing) {
                renew(member);
            }
            loop.advance(Duration.ofSeconds(1));
        }
    }
}
