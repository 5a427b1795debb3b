package io.twinspan.registry.node.membership;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.FetchClientsOff;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchMove;
import io.twinspan.registry.message.FetchPolicies;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.FetchPushSwitch;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.node.federation.NodeFederation;
import io.twinspan.registry.node.move.NodeMove;
import io.twinspan.registry.node.policy.NodeClientsOff;
import io.twinspan.registry.node.policy.NodePolicies;
import io.twinspan.registry.node.pushswitch.NodePushSwitch;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one role of one node a member of its datacenter: renews the lease at one of the metas, goes on to the next when that one
 * fails or refuses, and fetches the clients that are off, the cluster, the provided configuration, the policies, the move and the
 * push switch when the answer names newer numbers than are held here. A session that has never been granted one takes what it knew
 * before it was started anew, or what a meta without a quorum remembers, until it is.
 * One call is in flight at a time. What is held only ever gets newer: a meta that lags, or a new and empty one, changes nothing, and
 * a table of another life of the group counts only when an operator has rebuilt or restored it.
 * Belongs to its event loop; listeners are called there.
 */
public final class MetaLink implements ClusterView, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetaLink.class);

    private final Member self;
    private final List<Endpoint> metas;
    private final PeerClient peers;
    private final EventLoop loop;
    private final MetaLinkSettings settings;
    private final List<Consumer<ClusterState>> clusterListeners = new ArrayList<>();
    private final List<Consumer<ProvidedChanges>> providedListeners = new ArrayList<>();
    private int meta;
    private Supplier<List<SlotReport>> report = List::of;
    private BooleanSupplier fitness = () -> true;
    private @Nullable NodePolicies policies;
    private @Nullable NodeClientsOff clientsOff;
    private @Nullable NodePushSwitch push;
    private final HeardDuty duty = new HeardDuty();
    private @Nullable NodeMove move;
    private Supplier<Optional<MoveProgress>> progress = Optional::empty;
    private long askedMove;
    private LongSupplier obeyed = () -> 0;
    private long toldObeyed;
    private FetchProvided provided;
    private boolean isClosed;
    private EventLoop.@Nullable Timer next;
    private final KnownCluster known;
    private volatile boolean isGranted;
    private final LongAdder failures = new LongAdder();

    /**
     * @param self what is announced of this role
     * @param metas where the metas answer this role; tried in turn
     * @param loop on which everything here happens
     */
    public MetaLink(Member self, List<Endpoint> metas, PeerClient peers, EventLoop loop, MetaLinkSettings settings) {
        if (metas.isEmpty()) {
            throw new IllegalArgumentException("node " + self.node() + " as " + self.role() + " is given no meta");
        }
        this.self = self;
        this.metas = List.copyOf(metas);
        this.peers = peers;
        this.loop = loop;
        this.settings = settings;
        this.provided = FetchProvided.inParts(settings.providedBytes());
        this.known = new KnownCluster(self.datacenter());
    }

    /** Renews for the first time, at once. */
    public void start() {
        loop.execute(this::renew);
    }

    @Override
    public ClusterState current() {
        return known.current();
    }

    @Override
    public boolean isHeard() {
        return isGranted;
    }

    @Override
    public void onChange(Consumer<ClusterState> listener) {
        loop.execute(() -> {
            clusterListeners.add(listener);
            if (current().membersRevision() > 0) {
                listener.accept(current());
            }
        });
    }

    /**
     * Adds a listener for provided configuration, called on this link's loop with what has changed since the last call. Add it
     * before {@link #start}: what was fetched before is not told again.
     */
    public void onProvided(Consumer<ProvidedChanges> listener) {
        loop.execute(() -> providedListeners.add(listener));
    }

    /** Where newer policies go. Name it before {@link #start}. */
    public void keep(NodePolicies newer) {
        policies = newer;
    }

    /** Where a newer list of clients that are off goes. Name it before {@link #start}. */
    public void keep(NodeClientsOff newer) {
        clientsOff = newer;
    }

    /** Where a newer push switch goes. Name it before {@link #start}. */
    public void keep(NodePushSwitch newer) {
        push = newer;
    }

    /** Where it goes what metas know of duty. Name it before {@link #start}. */
    public void keep(NodeFederation newer) {
        duty.keep(newer);
    }

    /** Where another move goes. Name it before {@link #start}. */
    public void keep(NodeMove newer) {
        move = newer;
    }

    /** What a session goes by when it starts and no meta answers. Name it before {@link #start}. */
    public void keep(ClusterStore onDisk) {
        known.keepOn(onDisk);
    }

    /** What every renewal tells of a move; called on this link's loop. Name it before {@link #start}. */
    public void moving(Supplier<Optional<MoveProgress>> soFar) {
        progress = soFar;
    }

    /**
     * What every renewal tells of the push switch that this session obeys; called on this link's loop. Name it before {@link #start}.
     *
     * @param version of the switch in force
     */
    public void obeying(LongSupplier version) {
        obeyed = version;
    }

    /** Another push switch is in force: meta is told at once, because somebody waits to hear it. Any thread. */
    public void onObeyed() {
        loop.execute(() -> {
            if (next != null && isGranted && obeyed.getAsLong() != toldObeyed) {
                again(Duration.ZERO);
            }
        });
    }

    /**
     * What every renewal tells of the slots that this node leads, and whether it may be given more; called on this link's loop. Name
     * it before {@link #start}.
     */
    public void report(Supplier<List<SlotReport>> slots, BooleanSupplier isFitToLead) {
        report = slots;
        fitness = isFitToLead;
    }

    /** True when the last renewal was granted; any thread. */
    public boolean isGranted() {
        return isGranted;
    }

    /** How often a meta did not answer, or refused; any thread. */
    public long failures() {
        return failures.sum();
    }

    /** Stops renewing. The membership ends with its lease. */
    @Override
    public void close() {
        loop.execute(() -> {
            isClosed = true;
            if (next != null) {
                next.cancel();
            }
        });
    }

    private void renew() {
        next = null;
        toldObeyed = obeyed.getAsLong();
        call(
                new RenewLease(
                        self,
                        report.get(),
                        fitness.getAsBoolean(),
                        toldObeyed,
                        progress.get().orElse(null),
                        duty.untold()),
                this::onGrant);
    }

    private void onGrant(LeaseGrant grant) {
        if (!grant.isGranted()) {
            onRefused(grant.refusal());
            return;
        }
        if (!isGranted) {
            LOG.info("lease granted role={} node={} meta={}", self.role(), self.node(), metas.get(meta));
        }
        isGranted = true;
        duty.onGrant(grant);
        fetchClientsOff(grant);
    }

    /** Before the cluster, with which a session begins to take clients: one that is off is not to be listed for a moment. */
    private void fetchClientsOff(LeaseGrant grant) {
        NodeClientsOff kept = clientsOff;
        if (kept != null && grant.clientsOffVersion() > kept.current().version()) {
            call(new FetchClientsOff(), list -> {
                kept.offer(list);
                fetchCluster(grant);
            });
        } else {
            fetchCluster(grant);
        }
    }

    private void fetchCluster(LeaseGrant grant) {
        boolean isMandated = grant.isMandated();
        if (known.isNewer(grant.table(), grant.membersRevision(), true, isMandated)) {
            call(new FetchCluster(), state -> {
                onCluster(state, isMandated);
                fetchProvided(grant);
            });
        } else {
            known.onVouchedFor();
            fetchProvided(grant);
        }
    }

    private void fetchProvided(LeaseGrant grant) {
        if (grant.providedRevision() > provided.sinceRevision()) {
            call(provided, changes -> {
                onProvidedChanges(changes);
                fetchPolicies(grant);
            });
        } else {
            fetchPolicies(grant);
        }
    }

    private void fetchPolicies(LeaseGrant grant) {
        NodePolicies kept = policies;
        if (kept != null && grant.policiesVersion() > kept.current().version()) {
            call(new FetchPolicies(), table -> {
                kept.offer(table);
                fetchMove(grant);
            });
        } else {
            fetchMove(grant);
        }
    }

    /** Before the push switch, for which first lists wait: what is shown depends on both. */
    private void fetchMove(LeaseGrant grant) {
        NodeMove kept = move;
        if (kept != null && grant.moveVersion() != askedMove) {
            call(new FetchMove(), view -> {
                askedMove = view.version();
                kept.offer(view);
                fetchPushSwitch(grant);
            });
        } else {
            fetchPushSwitch(grant);
        }
    }

    private void fetchPushSwitch(LeaseGrant grant) {
        NodePushSwitch kept = push;
        if (kept != null
                && (!kept.isKnown() || grant.pushVersion() > kept.current().version())) {
            call(new FetchPushSwitch(), value -> {
                kept.offer(value);
                again(untilNext());
            });
        } else {
            again(untilNext());
        }
    }

    /** One part of the provided configuration a renewal: neither the lease nor the push switch waits until all of it is here. */
    private Duration untilNext() {
        return provided.isGoingOn() ? Duration.ZERO : settings.renewEvery();
    }

    private void onCluster(ClusterState state, boolean isMandated) {
        if (known.offer(state, isGranted, isMandated)) {
            LOG.info(
                    "cluster changed role={} epoch={} revision={} members={}",
                    self.role(),
                    state.table().epoch().number(),
                    state.membersRevision(),
                    state.members().size());
            clusterListeners.forEach(listener -> listener.accept(state));
        }
    }

    private void onProvidedChanges(ProvidedChanges changes) {
        if (changes.revision() > provided.sinceRevision()) {
            provided = provided.after(changes);
            providedListeners.forEach(listener -> listener.accept(changes));
        }
    }

    /**
     * A meta without a quorum grants nothing, but knows what was decided: perhaps later than what has reached this node before the
     * quorum was lost, and a table that some have heard of and others not gives a slot two leaders of which neither knows. A session
     * that has just started also finds the data nodes by that, and they say which slots they lead. A data node does not lead by what
     * nobody has ever vouched for.
     */
    private void onRefused(String why) {
        Endpoint asked = metas.get(meta);
        onFailure(why);
        if ((known.isVouchedFor() || self.role() == NodeRole.SESSION) && next != null) {
            next.cancel();
            peers.call(asked, new FetchCluster(), settings.timeout())
                    .whenComplete((state, failure) -> loop.execute(() -> {
                        again(settings.retryEvery());
                        if (failure == null) {
                            onCluster(state, false);
                        }
                    }));
        }
    }

    private void onFailure(String why) {
        if (isGranted) {
            LOG.warn(
                    "lease not renewed role={} node={} meta={} why={}", self.role(), self.node(), metas.get(meta), why);
        }
        isGranted = false;
        known.remembered().ifPresent(state -> onCluster(state, false));
        failures.increment();
        meta = (meta + 1) % metas.size();
        again(settings.retryEvery());
    }

    private void again(Duration delay) {
        if (next != null) {
            next.cancel();
        }
        if (!isClosed) {
            next = loop.schedule(delay, this::renew);
        }
    }

    private <R> void call(Request<R> request, Consumer<R> onAnswer) {
        CompletionStage<R> answer = peers.call(metas.get(meta), request, settings.timeout());
        answer.whenComplete((result, failure) -> loop.execute(() -> {
            if (failure != null) {
                onFailure(String.valueOf(failure.getMessage()));
                return;
            }
            try {
                onAnswer.accept(result);
            } catch (RuntimeException fault) {
                // A listener that fails is a fault for the loop to report, but must not cost the node its lease.
                again(settings.renewEvery());
                throw fault;
            }
        }));
    }
}
