package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.failover.FailoverFacts;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.message.FetchHoldings;
import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.message.FetchSessionTotals;
import io.twinspan.registry.message.Holdings;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.message.SessionTotals;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How the own datacenter is, asked of its nodes, and how a peer is, asked of its metas. Belongs to the role's event loop. */
final class FailoverSight {
    /** How this datacenter is, for the metas of a peer. */
    static final String SIDE = "/failover/v1/side";

    /** Clients that a session takes before it refuses more; the bound of the client's port. */
    static final int CLIENTS_PER_SESSION = 20_000;

    private static final Duration NODE_WITHIN = Duration.ofMillis(1_500);

    private final DatacenterId own;
    private final MetaReplica replica;
    private final MetaPorts ports;
    private final DatacenterCalls calls;

    FailoverSight(DatacenterId own, MetaReplica replica, MetaPorts ports, DatacenterCalls calls) {
        this.own = own;
        this.replica = replica;
        this.ports = ports;
        this.calls = calls;
    }

    /** How a datacenter is; the stage fails when nobody there answers. */
    CompletionStage<FailoverFacts.Side> side(DatacenterId datacenter) {
        if (datacenter.equals(own)) {
            return here();
        }
        return calls.call(datacenter, new OperatorCall(SIDE, "", "")).thenApply(answer -> {
            if (answer.status() != OperatorAnswers.OK) {
                throw new PeerException("datacenter " + datacenter + " answered " + answer.body());
            }
            return SideJson.read(answer.body());
        });
    }

    /** How the own datacenter is, as another one asks it. */
    CompletionStage<OperatorAnswer> shown() {
        return here().thenApply(side -> new OperatorAnswer(OperatorAnswers.OK, SideJson.write(side)));
    }

    /**
     * Why a datacenter that was taken out may not stand by yet; empty when it may.
     *
     * @param isOutdatedToo also while it lists what is over
     */
    CompletionStage<String> readiness(DatacenterId datacenter, boolean isOutdatedToo) {
        DatacenterId active = replica.state().book().duty().active().orElse(own);
        return side(datacenter)
                .thenApply(side -> unready(side, active))
                .exceptionally(failure -> "it does not answer: " + PeerException.line(failure))
                .thenComposeAsync(
                        why -> why.isEmpty() && !isOutdatedToo
                                ? outdated(datacenter, active)
                                : CompletableFuture.completedFuture(why),
                        ports.loop());
    }

    /** What it lists is shown again from its readmission on, so it has to have taken away first what has gone meanwhile. */
    private CompletionStage<String> outdated(DatacenterId datacenter, DatacenterId active) {
        return side(active)
                .thenApply(side ->
                        side.of(datacenter).map(Holdings.OfPeer::outdated).orElse(0))
                .thenApply(count -> count == 0
                        ? ""
                        : count + " of the registrations that it lists for clients in " + active
                                + " have gone or moved since; it takes them away itself, usually within half a minute, so ask"
                                + " again (with --outdated-too they are shown until then)")
                .exceptionally(failure -> active + " does not answer: " + PeerException.line(failure));
    }

    private String unready(FailoverFacts.Side side, DatacenterId active) {
        if (!Objects.equals(side.epoch(), replica.state().book().duty().epoch())) {
            return "it follows epoch " + side.epoch();
        }
        if (side.sessions() == 0 || side.silent() > 0 || !side.isSettled()) {
            return "not all of its nodes are well";
        }
        return side.of(active)
                .map(held -> held.word().equals("SYNCED") ? "" : "its sync from " + active + " is " + held.word())
                .orElse("it knows nothing of the services of " + active);
    }

    private CompletionStage<FailoverFacts.Side> here() {
        List<SessionLoad> sessions = new ArrayList<>();
        List<Holdings> data = new ArrayList<>();
        List<SessionTotals> totals = new ArrayList<>();
        List<Member> silent = new ArrayList<>();
        List<Member> uncounted = new ArrayList<>();
        CompletionStage<Void> asked =
                ask(NodeRole.SESSION, NodePort.SESSION_CONSOLE, new FetchSessionLoad(0, 0, 0), sessions, silent);
        CompletionStage<Void> held = ask(NodeRole.DATA, NodePort.DATA_NOTICE, new FetchHoldings(), data, silent);
        CompletionStage<Void> counted =
                ask(NodeRole.SESSION, NodePort.SESSION_CONSOLE, new FetchSessionTotals(), totals, uncounted);
        return asked.thenCombine(held, (a, b) -> "")
                .thenCombine(counted, (a, b) -> "")
                .thenApplyAsync(
                        done -> side(
                                sessions,
                                data,
                                totals.stream().reduce(SessionTotals.NONE, SessionTotals::plus),
                                silent.size()),
                        ports.loop());
    }

    private FailoverFacts.Side side(List<SessionLoad> sessions, List<Holdings> data, SessionTotals totals, int silent) {
        return new FailoverFacts.Side(
                own,
                replica.state().book().duty().epoch(),
                sessions.size(),
                sessions.stream().mapToInt(SessionLoad::connections).sum(),
                (int) sessions.stream().filter(each -> !each.isDraining()).count() * CLIENTS_PER_SESSION,
                silent,
                data.stream().mapToInt(Holdings::publishers).sum(),
                data.stream().mapToInt(Holdings::services).sum(),
                totals,
                !data.isEmpty() && data.stream().allMatch(Holdings::isSettled),
                FailoverFacts.Side.together(data),
                replica.state().book().runs().running().map(FailoverRun::id).orElse(""));
    }

    private <R> CompletionStage<Void> ask(
            NodeRole role, NodePort port, Request<R> question, List<R> told, List<Member> silent) {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (Member member : replica.state().cluster(own).inRole(role)) {
            Endpoint endpoint = member.endpoints().get(port);
            CompletionStage<R> answer = endpoint == null
                    ? CompletableFuture.failedFuture(new PeerException("no port for questions"))
                    : ports.metas().client().call(endpoint, question, NODE_WITHIN);
            CompletionStage<Void> taken = answer.handleAsync(
                    (given, failure) -> {
                        if (given == null) {
                            silent.add(member);
                        } else {
                            told.add(given);
                        }
                        return null;
                    },
                    ports.loop());
            all = all.thenCombine(taken, (first, second) -> null);
        }
        return all;
    }
}
