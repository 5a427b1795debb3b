package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.failover.HookSteps;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.message.FederationCall;
import io.twinspan.registry.message.FetchClientsOff;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchLiveSessions;
import io.twinspan.registry.message.FetchMetaGroup;
import io.twinspan.registry.message.FetchMove;
import io.twinspan.registry.message.FetchPolicies;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.FetchPushSwitch;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.PushSwitchCall;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.ShareMove;
import io.twinspan.registry.node.meta.federation.DutyExchange;
import io.twinspan.registry.node.meta.federation.FederatedConfig;
import io.twinspan.registry.node.meta.federation.FederationPorts;
import io.twinspan.registry.node.meta.move.MovingOrders;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.RequestDispatcher;
import io.twinspan.registry.runtime.RequestHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meta role of one node: wires the group's log, the membership and the handlers, and says how it is. */
public final class MetaRole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetaRole.class);

    /** How long a peer may take over what a failover asks of it: it waits for its sessions. */
    private static final Duration PEER_WITHIN = Duration.ofMillis(2_500);

    private final DatacenterId datacenter;
    private final MetaPorts ports;
    private final MetaSettings settings;
    private final MetaReplica replica;
    private final Membership membership;
    private final ProvidedWriter provided;
    private final FederatedConfig federation;
    private final GroupWatch group;
    private final OperatorDesk desk;
    private final PushReminder reminder;
    private final DutyDesk duty;
    private final FailoverDesk failover;
    private final MoveDesk move;
    private final RequestDispatcher dispatcher;
    private EventLoop.@Nullable Timer tick;
    private final LongAdder renewals = new LongAdder();
    private final LongAdder leaderChanges = new LongAdder();
    private final MemberChanges memberChanges = new MemberChanges();
    private @Nullable Endpoint lastLeader;
    private volatile boolean hasSeenLeader;
    private volatile long leaderSeenNanos;
    private volatile FederationView lastView;
    private volatile boolean isLeading;

    /** One without hooks in its failovers. */
    public MetaRole(DatacenterId datacenter, MetaPorts ports, MetaSettings settings) {
        this(datacenter, ports, settings, HookSteps.NONE);
    }

    /**
     * @param datacenter members of any other are refused
     * @param hooks what operators want done between the steps of a failover to this datacenter
     */
    public MetaRole(DatacenterId datacenter, MetaPorts ports, MetaSettings settings, HookSteps hooks) {
        this.datacenter = datacenter;
        this.ports = ports;
        this.settings = settings;
        this.replica = new MetaReplica(this::onLeadership);
        SlotAssignment slots = new SlotAssignment(replica, ports, settings);
        this.membership = new Membership(datacenter, replica, ports, settings, slots, new MemberDuty() {
            @Override
            public FederationView view() {
                return federationView();
            }

            @Override
            public void onRemembered(FederationState state) {
                duty.exchange().onRemembered(state);
            }
        });
        this.provided = new ProvidedWriter(ports, replica, settings);
        FederationPorts toPeers = new FederationPorts(
                datacenter, ports.metas().peers(), ports.metas().client(), ports.loop(), ports.clock());
        this.federation = new FederatedConfig(toPeers, settings.federation(), provided);
        Duration within = settings.leaderWithin();
        this.group = new GroupWatch(ports.log(), replica, ports.metas(), ports.loop(), within);
        LeaderLink leader = new LeaderLink(datacenter, group, ports.metas(), within);
        LeaderLink forOperators = new LeaderLink(datacenter, group, ports.metas(), settings.answerWithin());
        PushDesk push = new PushDesk(datacenter, replica, ports, membership.confirmations(), federation);
        this.reminder = new PushReminder(datacenter);
        this.move = new MoveDesk(datacenter, replica, ports, federation);
        membership.tellOf(move);
        ConfigView configView = new ConfigView(datacenter, replica, ports, federation);
        ConfigDesk config = new ConfigDesk(datacenter, replica, ports, provided, federation);
        FailoverSight sight = new FailoverSight(datacenter, replica, ports, this::callDatacenter);
        this.duty = new DutyDesk(
                datacenter,
                replica,
                ports,
                local -> new DutyExchange(toPeers, settings.federation(), local),
                sight::readiness);
        this.failover = failover(sight, hooks);
        this.desk = new OperatorDesk(
                new OperatorDesk.Desks(
                        datacenter,
                        config,
                        configView,
                        new PolicyDesk(ports.log(), replica),
                        new ClientsOffDesk(replica, ports),
                        push,
                        duty,
                        failover,
                        move,
                        new SlotDesk(datacenter, replica, ports, slots),
                        new VipDesk(replica, provided, config, settings.areLocalChecksAllowed()),
                        new GroupRebuild(replica, ports, group)),
                ports.log(),
                forOperators,
                this::onRestored);
        this.dispatcher = new RequestDispatcher()
                .on(RenewLease.class, counted(new RenewLeaseHandler(membership, ports.loop(), leader)::handle))
                .on(FetchCluster.class, new FetchClusterHandler(datacenter, replica, leader)::handle)
                .on(FetchProvided.class, new FetchProvidedHandler(replica, leader)::handle)
                .on(
                        FetchLiveSessions.class,
                        new FetchLiveSessionsHandler(membership.liveSessions(), forOperators, ports.loop())::handle)
                .on(FetchPolicies.class, new FetchPoliciesHandler(replica, leader)::handle)
                .on(FetchClientsOff.class, new FetchClientsOffHandler(replica, leader)::handle)
                .on(FetchPushSwitch.class, new FetchPushSwitchHandler(replica, leader)::handle)
                .on(PushSwitchCall.class, new PushSwitchCallHandler(push, federation, forOperators)::handle)
                .on(FetchMove.class, new FetchMoveHandler(move, leader)::handle)
                .on(ShareMove.class, new ShareMoveHandler(move, federation, leader, ports.loop())::handle)
                .on(FetchMetaGroup.class, new FetchMetaGroupHandler(ports.log(), replica)::handle)
                .on(OperatorCall.class, desk::handle);
        new PeerConfigHandlers(federation, configView, leader, ports.loop()).register(dispatcher);
        new FederationCallHandler(datacenter, duty.exchange(), desk, forOperators, ports.loop()).register(dispatcher);
        this.lastView = duty.exchange().view();
    }

    /**
     * Starts the log, and with it taking part in the group.
     *
     * @throws IllegalStateException when the log's disk or port cannot be used
     */
    public void start() {
        ports.log().start(replica);
        tick = ports.loop().scheduleEvery(settings.tick(), this::onTick);
    }

    /** What this role answers; the same on every port of the role. */
    public RequestDispatcher dispatcher() {
        return dispatcher;
    }

    /** True when the group has a leader, or has been without for no longer than an election may take. */
    public boolean isHealthy() {
        GroupStatus status = group.status();
        if (!status.isMember()) {
            return false;
        }
        return status.leader().isPresent()
                || (hasSeenLeader
                        && ports.loop().nanos() - leaderSeenNanos
                                <= settings.electionGrace().toNanos());
    }

    /** True when the group has a leader now and has been created, so that nodes can join. */
    public boolean isReady() {
        GroupStatus status = group.status();
        return status.isMember()
                && status.leader().isPresent()
                && replica.state().isCreated();
    }

    /** Stops taking part in the group; its state stays on disk. */
    @Override
    public void close() {
        EventLoop.Timer running = tick;
        if (running != null) {
            running.cancel();
        }
        ports.log().close();
    }

    /** The way to move clients to another datacenter, for whoever drives a procedure. */
    public MovingOrders moving() {
        return move;
    }

    DatacenterId datacenter() {
        return datacenter;
    }

    MetaState state() {
        return replica.state();
    }

    GroupStatus status() {
        return group.status();
    }

    ProvidedWriter provided() {
        return provided;
    }

    OperatorDesk desk() {
        return desk;
    }

    MetaSettings settings() {
        return settings;
    }

    /** How many nodes of a role the list has. */
    long members(NodeRole each) {
        return replica.state().members().values().stream()
                .filter(member -> member.role() == each)
                .count();
    }

    /** Renewals asked of this node since it started. */
    long renewals() {
        return renewals.sum();
    }

    /** How often another node has come to lead the group, as this node has seen it. */
    long leaderChanges() {
        return leaderChanges.sum();
    }

    /** How often a node has come or gone, by role, as this node has seen it. */
    Map<NodeRole, Long> memberChanges() {
        return memberChanges.counts();
    }

    private <Q extends Request<R>, R> RequestHandler<Q, R> counted(RequestHandler<Q, R> handler) {
        return (request, caller) -> {
            renewals.increment();
            return handler.handle(request, caller);
        };
    }

    long nowMillis() {
        return ports.clock().physicalMillis();
    }

    /** What everybody who asks this meta for anything is told besides; empty when there is nothing to say. */
    String notice() {
        return PushSwitchView.notice(datacenter, replica.state().push(), nowMillis());
    }

    /** One line on duty for everybody who asks this meta for anything; empty while nothing has been decided. */
    String federationLine() {
        // Only the leading meta hears the peers.
        return isLeading ? lastView.line() : lastView.decision();
    }

    private FederationView federationView() {
        lastView = duty.exchange().view();
        return lastView;
    }

    private FailoverDesk failover(FailoverSight sight, HookSteps hooks) {
        FailoverSteps steps = new FailoverSteps(
                new FailoverSteps.Parts(
                        new RunBrakes(this::callDatacenter, ports.clock()::physicalMillis),
                        new RunEpochs(duty),
                        new RunMoves(this::callDatacenter),
                        new RunCounts(sight, duty),
                        hooks),
                ports.loop());
        return new FailoverDesk(
                replica,
                ports,
                new FailoverDesk.Parts(datacenter, duty, sight, this::callDatacenter, steps, hooks.places()));
    }

    /** What an operator could ask for, here or at a peer's metas. */
    private CompletionStage<OperatorAnswer> callDatacenter(DatacenterId asked, OperatorCall call) {
        return asked.equals(datacenter)
                ? desk.carryOutHere(call)
                : duty.exchange().ask(asked, new FederationCall(datacenter, call), PEER_WITHIN);
    }

    private void onLeadership(boolean leads) {
        LOG.info("meta leadership datacenter={} leads={}", datacenter, leads);
        ports.loop().execute(() -> {
            isLeading = leads;
            membership.onLeadership(leads);
            federation.onLeadership(leads);
            duty.exchange().onLeadership(leads);
            failover.onLeadership(leads);
            move.onLeadership(leads);
        });
    }

    private void onRestored() {
        ports.loop().execute(membership::onRestored);
    }

    private void onTick() {
        Endpoint leader = ports.log().status().leader().orElse(null);
        if (leader != null) {
            if (lastLeader != null && !leader.equals(lastLeader)) {
                leaderChanges.increment();
            }
            lastLeader = leader;
            leaderSeenNanos = ports.loop().nanos();
            hasSeenLeader = true;
        }
        group.onTick();
        federationView();
        membership.onTick();
        move.onTick();
        if (replica.state().isCreated()) {
            memberChanges.onMembers(replica.state().members().values());
        }
        if (membership.isLeading()) {
            reminder.onTick(replica.state().push(), ports.clock().physicalMillis());
            failover.onTick();
        }
    }
}
