package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveStage;
import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.message.MoveStanding;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.ShareMove;
import io.twinspan.registry.node.meta.federation.FederatedConfig;
import io.twinspan.registry.node.meta.move.MoveRules;
import io.twinspan.registry.node.meta.move.MoveSums;
import io.twinspan.registry.node.meta.move.MovingOrders;
import io.twinspan.registry.node.move.MoveJson;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The move between datacenters that is ordered. While there is one, the leading meta talks to the counterpart's each second: both come
 * to hold the same order, the target's answer is its grant, and its sessions are learnt. Belongs to the role's event loop, except
 * where it says otherwise.
 */
final class MoveDesk implements MovingOrders {
    static final String PATH = "/federation/v1/move";

    /** How a wish and an end are sent on to the leader. */
    static final String SET = PATH + "/set";

    static final String END = PATH + "/end";

    private static final Logger LOG = LoggerFactory.getLogger(MoveDesk.class);
    private static final Duration SHARED_EVERY = Duration.ofSeconds(1);
    private static final Duration SHARED_WITHIN = Duration.ofSeconds(2);

    /** A grant that was not renewed for so long counts for nothing. */
    private static final Duration GRANT = Duration.ofSeconds(5);

    private final DatacenterId own;
    private final MetaReplica replica;
    private final MetaPorts ports;
    private final FederatedConfig federation;
    private final MoveRules rules;
    private final MoveSums sums = new MoveSums();
    private boolean isLeading;
    private boolean isAsking;
    private boolean isAdopting;
    private long sharedNanos;
    private @Nullable MoveOrder granted;
    private long grantedNanos;
    private List<Endpoint> targetServers = List.of();
    private String trouble = "";
    private volatile MoveView view = MoveView.NONE;

    MoveDesk(DatacenterId own, MetaReplica replica, MetaPorts ports, FederatedConfig federation) {
        this.own = own;
        this.replica = replica;
        this.ports = ports;
        this.federation = federation;
        this.rules = new MoveRules(own, ports.metas().peers().keySet());
    }

    /** What nodes say; to be told of every renewal. */
    MoveSums sums() {
        return sums;
    }

    /** What nodes are told; any thread. */
    MoveView view() {
        MoveView known = view;
        MoveOrder holds = replica.state().move();
        return Objects.equals(known.order(), holds)
                ? known
                : new MoveView(known.version() + 1, holds, false, known.servers());
    }

    void onLeadership(boolean leads) {
        isLeading = leads;
        granted = null;
        sums.clear();
        refresh();
    }

    /** Talks to the counterpart when it is time. */
    void onTick() {
        refresh();
        MoveOrder holds = replica.state().move();
        if (!isLeading || holds == null) {
            return;
        }
        long now = ports.loop().nanos();
        DatacenterId counterpart =
                holds.shownBesides(own, ports.clock().physicalMillis()).orElse(null);
        if (counterpart == null || isAsking || now - sharedNanos < SHARED_EVERY.toNanos()) {
            return;
        }
        isAsking = true;
        sharedNanos = now;
        federation
                .ask(counterpart, new ShareMove(own, standing()), SHARED_WITHIN)
                .whenCompleteAsync(
                        (answer, failure) -> {
                            isAsking = false;
                            trouble = failure == null ? "" : String.valueOf(failure.getMessage());
                            if (failure == null) {
                                onStanding(counterpart, answer);
                            }
                        },
                        ports.loop());
    }

    /**
     * The counterpart tells how it stands; returns how we do.
     *
     * @throws PeerException when this meta does not lead, as it does for a moment after its start
     */
    MoveStanding onShared(DatacenterId from, MoveStanding theirs) {
        if (!isLeading) {
            throw new PeerException("this meta does not lead, ask again");
        }
        onStanding(from, theirs);
        return standing();
    }

    @Override
    public Optional<MoveOrder> current() {
        return Optional.ofNullable(replica.state().move());
    }

    @Override
    public CompletionStage<String> order(MoveOrder wanted) {
        String unusable = rules.unusable(wanted);
        return unusable.isEmpty()
                ? CompletableFuture.supplyAsync(() -> take(wanted), ports.loop())
                        .thenCompose(refusal -> refusal)
                : CompletableFuture.completedFuture(unusable);
    }

    @Override
    public CompletionStage<String> end(String run) {
        MoveOrder holds = replica.state().move();
        if (holds == null || !holds.run().equals(run)) {
            return CompletableFuture.completedFuture(
                    "run " + run + " is not under way" + (holds == null ? "" : ", but " + holds.run()));
        }
        return order(holds.at(MoveStage.ENDED, holds.version(), ports.clock().physicalMillis()));
    }

    @Override
    public boolean isGranted() {
        return view.isGranted();
    }

    @Override
    public Optional<MoveProgress> progress() {
        return current().map(holds -> sums.sum(holds.run(), members(null)));
    }

    @Override
    public boolean isReady() {
        MoveOrder holds = replica.state().move();
        if (holds == null) {
            return false;
        }
        List<Member> data = members(NodeRole.DATA);
        MoveProgress sum = sums.sum(holds.run(), data);
        return !data.isEmpty() && sums.silent(holds.run(), data).isEmpty() && sum.missing() == 0 && sum.unknown() == 0;
    }

    /** What operators see. */
    CompletionStage<OperatorAnswer> show() {
        return CompletableFuture.supplyAsync(() -> shown(null), ports.loop());
    }

    /** @throws IllegalArgumentException naming what is wrong with the body */
    CompletionStage<OperatorAnswer> set(OperatorCall call) {
        MoveOrder wanted = MoveJson.wish(call.body(), own, ports.clock().physicalMillis());
        String unusable = rules.unusable(wanted);
        return unusable.isEmpty()
                ? answered(order(wanted), "the move is " + wanted.stage().word())
                : CompletableFuture.completedFuture(OperatorAnswers.refused(OperatorAnswers.BAD_REQUEST, unusable));
    }

    /** @throws IllegalArgumentException when no run is named */
    CompletionStage<OperatorAnswer> end(OperatorCall call) {
        return answered(end(OperatorAnswers.required(call, "run")), "nobody is sent away any more");
    }

    private CompletionStage<OperatorAnswer> answered(CompletionStage<String> refusal, String done) {
        return refusal.thenApplyAsync(
                why -> why.isEmpty() ? shown(done) : OperatorAnswers.refused(OperatorAnswers.CONFLICT, why),
                ports.loop());
    }

    private OperatorAnswer shown(@Nullable String message) {
        MoveOrder holds = replica.state().move();
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, message);
        body.put("order", holds == null ? null : MoveJson.fields(holds));
        body.put("isGranted", view.isGranted());
        body.put("isReady", isReady());
        body.put("progress", progress().map(MoveJson::fields).orElse(null));
        body.put(
                "silent",
                holds == null
                        ? List.of()
                        : sums.silent(holds.run(), members(null)).stream()
                                .map(NodeId::value)
                                .toList());
        body.put("servers", targetServers.stream().map(Endpoint::toString).toList());
        body.put("trouble", trouble);
        return OperatorAnswers.answer(OperatorAnswers.OK, body);
    }

    private CompletionStage<String> take(MoveOrder wanted) {
        MoveOrder holds = replica.state().move();
        String refusal = rules.refusal(holds, wanted, known());
        if (!refusal.isEmpty()) {
            return CompletableFuture.completedFuture(refusal);
        }
        if (holds != null && holds.isSameRun(wanted) && holds.stage() == wanted.stage()) {
            return CompletableFuture.completedFuture("");
        }
        long now = ports.clock().physicalMillis();
        long version = Math.max(now, holds == null ? 1 : holds.version() + 1);
        return propose(wanted.at(wanted.stage(), version, now), "ordered here");
    }

    private @Nullable FederationEpoch known() {
        return replica.state().book().duty().epoch();
    }

    private CompletionStage<String> propose(MoveOrder order, String why) {
        return ports.log()
                .propose(MetaCodec.encode(new SetMove(order)))
                .whenCompleteAsync(
                        (refusal, failure) -> {
                            LOG.info(
                                    "move run={} epoch={} source={} target={} stage={} why={} refusal={} failure={}",
                                    order.run(),
                                    order.epoch(),
                                    order.source(),
                                    order.target(),
                                    order.stage().word(),
                                    why,
                                    refusal,
                                    failure);
                            refresh();
                        },
                        ports.loop());
    }

    private void onStanding(DatacenterId from, MoveStanding theirs) {
        MoveOrder holds = replica.state().move();
        MoveOrder named = theirs.order();
        if (named != null && named.counterpart(own).filter(from::equals).isPresent() && !isAdopting) {
            if (rules.isAdopted(holds, named, known())) {
                isAdopting = true;
                propose(named, "from " + from)
                        .whenCompleteAsync((refusal, failure) -> isAdopting = false, ports.loop());
            }
        }
        if (holds != null && holds.target().equals(from)) {
            targetServers = theirs.servers();
            if (theirs.isGranting() && named != null && named.isSameRun(holds)) {
                granted = named;
                grantedNanos = ports.loop().nanos();
            }
        }
        refresh();
    }

    private MoveStanding standing() {
        MoveOrder holds = replica.state().move();
        List<Endpoint> servers = members(NodeRole.SESSION).stream()
                .map(member -> member.endpoint(NodePort.SESSION_CLIENT))
                .toList();
        boolean isGranting = isLeading
                && holds != null
                && holds.isCommitted()
                && holds.target().equals(own)
                && !servers.isEmpty();
        return new MoveStanding(holds, isGranting, servers);
    }

    /** What nodes are told rises in version whenever it is something else. */
    private void refresh() {
        MoveOrder holds = replica.state().move();
        MoveOrder of = granted;
        boolean isGranted = isLeading
                && holds != null
                && of != null
                && of.isSameRun(holds)
                && ports.loop().nanos() - grantedNanos < GRANT.toNanos();
        List<Endpoint> servers = holds == null || !holds.isCommitted() ? List.of() : targetServers;
        MoveView before = view;
        MoveView same = new MoveView(before.version(), holds, isGranted, servers);
        if (!same.equals(before)) {
            long version = Math.max(before.version() + 1, ports.clock().physicalMillis());
            view = new MoveView(version, holds, isGranted, servers);
        }
    }

    private List<Member> members(@Nullable NodeRole role) {
        return replica.state().sortedMembers().stream()
                .filter(member -> role == null ? member.role() != NodeRole.META : member.role() == role)
                .toList();
    }
}
