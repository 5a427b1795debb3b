package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.failover.HookSteps;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.message.FetchHoldings;
import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.message.FetchSessionTotals;
import io.twinspan.registry.message.Holdings;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.message.SessionTotals;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Datacenters with one real meta role each, a session and a data node that renew, in one thread; links can be cut, metas killed. */
final class DutyDatacenters {
    private static final Duration STEP = Duration.ofMillis(100);

    final ManualEventLoop loop = new ManualEventLoop();
    private final Map<DatacenterId, Site> sites = new HashMap<>();
    private final Set<DatacenterId> cut = new HashSet<>();

    DutyDatacenters(String... names) {
        Set<DatacenterId> all = Stream.of(names).map(DatacenterId::new).collect(Collectors.toSet());
        all.forEach(own -> sites.put(own, new Site(own, all)));
        sites.values().forEach(Site::start);
        pass(Duration.ofSeconds(3));
    }

    Site site(String name) {
        return Objects.requireNonNull(sites.get(new DatacenterId(name)));
    }

    /** Nobody reaches this datacenter from outside, and it reaches nobody. */
    void cut(String name) {
        cut.add(new DatacenterId(name));
    }

    void heal() {
        cut.clear();
    }

    /** Lets time pass, the nodes renewing all the while. */
    void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
            sites.values().forEach(Site::renew);
            loop.advance(STEP);
        }
    }

    /** One datacenter. */
    final class Site implements PeerClient {
        final DatacenterId own;
        MetaRole role;
        int clients = 10;
        SessionTotals totals = new SessionTotals(80, 40, 2);
        HookSteps hooks = HookSteps.NONE;
        int held = 8;
        int outdated;
        boolean isDown;
        private final Set<DatacenterId> peers;
        private final InMemoryCommandLog.Disk disk = new InMemoryCommandLog.Disk();
        private final Member session;
        private final Member data;
        private long obeyed;

        Site(DatacenterId own, Set<DatacenterId> all) {
            this.own = own;
            this.peers = all.stream().filter(each -> !each.equals(own)).collect(Collectors.toSet());
            this.session = member("s", NodeRole.SESSION, NodePort.SESSION_CONSOLE);
            this.data = member("d", NodeRole.DATA, NodePort.DATA_NOTICE);
            this.role = role();
        }

        /** The meta starts again from its disk; what it had under way is gone. */
        void restart() {
            role.close();
            role = role();
            start();
            loop.runDue();
        }

        JsonNode get(String path) {
            OperatorAnswer answer = answer(role.desk().show(new OperatorCall(pathOf(path), queryOf(path), "")));
            return JsonMapper.shared().readTree(answer.body());
        }

        OperatorAnswer post(String path, String body) {
            return answer(role.desk().take(new OperatorCall(path, "", body.replace('\'', '"'))));
        }

        String line() {
            return get("/federation/v1/status").path("line").asString();
        }

        /** What is asked with a message, by whoever says he is the caller. */
        <R> CompletableFuture<R> ask(Request<R> request, Caller caller) {
            CompletableFuture<R> answer =
                    role.dispatcher().dispatch(request, caller).toCompletableFuture();
            loop.runDue();
            return answer;
        }

        @Override
        @SuppressWarnings("unchecked") // the answer's type follows from the request's
        public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
            DatacenterId asked = new DatacenterId(to.host().substring(to.host().indexOf('.') + 1));
            Site there = site(asked.name());
            boolean isFar = !asked.equals(own);
            if (there.isDown || (isFar && (cut.contains(asked) || cut.contains(own)))) {
                CompletableFuture<R> silent = new CompletableFuture<>();
                loop.schedule(
                        timeout, () -> silent.completeExceptionally(new PeerException(to + " cannot be reached")));
                return silent;
            }
            if (request instanceof FetchSessionLoad) {
                return (CompletionStage<R>)
                        CompletableFuture.completedFuture(new SessionLoad(1, there.clients, false, 0, List.of()));
            }
            if (request instanceof FetchSessionTotals) {
                return (CompletionStage<R>) CompletableFuture.completedFuture(there.totals);
            }
            if (request instanceof FetchHoldings) {
                return (CompletionStage<R>) CompletableFuture.completedFuture(there.holdings());
            }
            return there.role.dispatcher().dispatch(request, new Caller(own, new NodeId("meta-" + own), NodeRole.META));
        }

        private Holdings holdings() {
            return new Holdings(
                    80,
                    8,
                    true,
                    peers.stream()
                            .map(peer -> new Holdings.OfPeer(peer, "SYNCED", 8, held, 0, 0, outdated, List.of()))
                            .toList());
        }

        private void start() {
            role.start();
        }

        private void renew() {
            if (isDown) {
                return;
            }
            MoveOrder move = role.state().move();
            MoveProgress progress = move == null ? null : MoveProgress.none(move.run());
            ask(new RenewLease(data, List.of(), true, 0, progress), caller(data));
            LeaseGrant grant = ask(new RenewLease(session, List.of(), true, obeyed, progress), caller(session))
                    .getNow(null);
            if (grant != null && grant.isGranted()) {
                obeyed = grant.pushVersion();
            }
        }

        private Caller caller(Member member) {
            return new Caller(own, member.node(), member.role());
        }

        private MetaRole role() {
            return new MetaRole(
                    own,
                    new MetaPorts(
                            new InMemoryCommandLog(disk, true),
                            loop.clock().hybrid(),
                            new Random(7),
                            new MetaNeighbours(
                                    this,
                                    List.of(),
                                    to -> to,
                                    peers.stream()
                                            .collect(Collectors.toMap(
                                                    peer -> peer, peer -> List.of(new Endpoint("m." + peer, 9612))))),
                            loop),
                    MetaSettings.standard(),
                    hooks);
        }

        private Member member(String kind, NodeRole as, NodePort port) {
            Map<NodePort, Endpoint> endpoints = new HashMap<>();
            for (NodePort each : List.of(port, NodePort.SESSION_CLIENT)) {
                if (each.role() == as) {
                    endpoints.put(each, new Endpoint(kind + "." + own, each.defaultNumber()));
                }
            }
            return new Member(new NodeId(kind + "-" + own), own, as, endpoints, 1);
        }

        private OperatorAnswer answer(CompletionStage<OperatorAnswer> stage) {
            CompletableFuture<OperatorAnswer> answer = stage.toCompletableFuture();
            loop.runDue();
            for (int i = 0; i < 100 && !answer.isDone(); i++) {
                pass(STEP);
            }
            return answer.join();
        }

        private String pathOf(String path) {
            return path.split("\\?", 2)[0];
        }

        private String queryOf(String path) {
            String[] parts = path.split("\\?", 2);
            return parts.length == 2 ? parts[1] : "";
        }
    }
}
