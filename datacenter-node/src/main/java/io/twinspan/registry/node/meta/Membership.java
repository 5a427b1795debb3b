package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.node.meta.MetaCommand.CreateIncarnation;
import io.twinspan.registry.node.meta.MetaCommand.Departure;
import io.twinspan.registry.node.meta.MetaCommand.PutMember;
import io.twinspan.registry.node.meta.MetaCommand.RemoveMembers;
import io.twinspan.registry.node.meta.move.MoveSums;
import io.twinspan.registry.slot.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is a member, as the leading meta decides it from renewals. Only what changes the membership becomes a command; a renewal of a
 * known member is answered from memory. Belongs to the role's event loop.
 */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final DatacenterId datacenter;
    private final MetaReplica replica;
    private final MetaPorts ports;
    private final MetaSettings settings;
    private final MemberLeases leases;
    private final SlotAssignment slots;
    private final PushConfirmations confirmations = new PushConfirmations();
    private final LiveSessionDesk liveSessions;
    private final MemberDuty duty;
    private final Map<MemberKey, CompletionStage<String>> joining = new HashMap<>();
    private LongSupplier moveVersion = () -> 0;
    private MoveSums moves = new MoveSums();
    private boolean isLeading;
    private boolean isCreating;

    /**
     * @param slots told of every renewal of a data node, and when members have changed
     * @param duty what every member is told of duty, and what it remembers
     */
    Membership(
            DatacenterId datacenter,
            MetaReplica replica,
            MetaPorts ports,
            MetaSettings settings,
            SlotAssignment slots,
            MemberDuty duty) {
        this.datacenter = datacenter;
        this.replica = replica;
        this.ports = ports;
        this.settings = settings;
        this.leases = new MemberLeases(settings);
        this.slots = slots;
        this.liveSessions = new LiveSessionDesk(datacenter, replica, ports.loop());
        this.duty = duty;
    }

    /** Whose news every grant names, and who is told what nodes say of it. Before the first renewal. */
    void tellOf(MoveDesk desk) {
        moveVersion = () -> desk.view().version();
        moves = desk.sums();
    }

    boolean isLeading() {
        return isLeading;
    }

    void onLeadership(boolean leads) {
        isLeading = leads;
        slots.onLeadership(leads);
        liveSessions.onLeadership(leads);
        if (leads) {
            leases.onLeading(replica.state().members().keySet(), now());
            confirmations.clear();
            ensureIncarnation();
        }
    }

    /** Which sessions obey which push switch. */
    PushConfirmations confirmations() {
        return confirmations;
    }

    /** Which sessions have renewed lately. */
    LiveSessionDesk liveSessions() {
        return liveSessions;
    }

    /** Members have come from a backup; like everybody else they begin a full lease, or they would never leave. */
    void onRestored() {
        if (isLeading) {
            leases.onLeading(replica.state().members().keySet(), now());
        }
    }

    void onTick() {
        liveSessions.onTick();
        if (!isLeading) {
            return;
        }
        ensureIncarnation();
        List<MemberKey> gone = leases.onTick(now());
        if (!gone.isEmpty()) {
            remove(gone);
        }
        slots.onTick();
    }

    /** Renews, and lets join whoever is not known as it describes itself. The stage does not fail. */
    CompletionStage<LeaseGrant> renew(RenewLease renewal) {
        Member member = renewal.member();
        String refusal = refusal(member);
        if (!refusal.isEmpty()) {
            return CompletableFuture.completedFuture(LeaseGrant.refused(refusal));
        }
        MemberKey key = MemberKey.of(member);
        if (member.equals(replica.state().members().get(key))) {
            onHeard(renewal);
            return CompletableFuture.completedFuture(grant());
        }
        CompletableFuture<LeaseGrant> answer = new CompletableFuture<>();
        join(key, member)
                .whenCompleteAsync(
                        (refused, failure) -> answer.complete(onJoined(renewal, refused, failure)), ports.loop());
        return answer;
    }

    private String refusal(Member member) {
        if (!isLeading) {
            return "this meta does not lead";
        }
        if (!replica.state().isCreated()) {
            return "the meta group is not ready yet";
        }
        if (!member.datacenter().equals(datacenter)) {
            return "node " + member.node() + " says it is in datacenter " + member.datacenter() + ", this is "
                    + datacenter;
        }
        if (!leases.holds(member.role())) {
            return "role " + member.role() + " holds no lease";
        }
        boolean isNew = !replica.state().members().containsKey(MemberKey.of(member));
        int known = replica.state().members().size() + joining.size();
        return isNew && known >= settings.maxMembers()
                ? "there are " + known + " members already, meta.max-members allows no more"
                : "";
    }

    private CompletionStage<String> join(MemberKey key, Member member) {
        CompletionStage<String> running = joining.get(key);
        if (running != null) {
            return running;
        }
        CompletionStage<String> proposed = ports.log().propose(MetaCodec.encode(new PutMember(member)));
        joining.put(key, proposed);
        return proposed;
    }

    private LeaseGrant onJoined(RenewLease joined, @Nullable String refused, @Nullable Throwable failure) {
        Member member = joined.member();
        MemberKey key = MemberKey.of(member);
        joining.remove(key);
        if (failure != null) {
            return LeaseGrant.refused("the meta group did not take " + key + ": " + failure.getMessage());
        }
        if (refused != null && !refused.isEmpty()) {
            return LeaseGrant.refused(refused);
        }
        if (!isLeading || !member.equals(replica.state().members().get(key))) {
            return LeaseGrant.refused(key + " joined as another process or under another leader; try again");
        }
        onHeard(joined);
        slots.plan();
        LOG.info("member joined role={} node={} incarnation={}", member.role(), member.node(), member.incarnation());
        return grant();
    }

    private void onHeard(RenewLease renewal) {
        leases.renew(MemberKey.of(renewal.member()), now());
        if (renewal.federation() != null) {
            duty.onRemembered(renewal.federation());
        }
        moves.onRenewal(renewal.member(), renewal.progress());
        if (renewal.member().role() == NodeRole.SESSION) {
            confirmations.onRenewal(renewal.member().node(), renewal.pushVersion());
            liveSessions.onHeard(renewal.member().node());
        }
        if (renewal.member().role() == NodeRole.DATA) {
            slots.onHeard(renewal);
        }
    }

    private void remove(List<MemberKey> gone) {
        List<Departure> departures = new ArrayList<>();
        for (MemberKey key : gone) {
            Member known = replica.state().members().get(key);
            if (known != null) {
                departures.add(new Departure(key, known.incarnation()));
            }
        }
        LOG.warn("leases over, members leave: {}", gone);
        ports.log()
                .propose(MetaCodec.encode(new RemoveMembers(departures)))
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure != null) {
                                // Still members, so they need leases again or they would never leave.
                                gone.forEach(key -> leases.renew(key, now()));
                            }
                            slots.plan();
                        },
                        ports.loop());
    }

    private void ensureIncarnation() {
        if (isCreating || replica.state().isCreated()) {
            return;
        }
        isCreating = true;
        Incarnation incarnation =
                new Incarnation(ports.clock().physicalMillis(), ports.random().nextLong());
        ports.log()
                .propose(MetaCodec.encode(new CreateIncarnation(incarnation)))
                .whenCompleteAsync(
                        (answer, failure) -> {
                            isCreating = false;
                            LOG.info(
                                    "meta group created incarnation={} failure={}",
                                    replica.state().incarnation(),
                                    failure);
                        },
                        ports.loop());
    }

    private LeaseGrant grant() {
        MetaState state = replica.state();
        return new LeaseGrant(
                true,
                "",
                state.table().epoch(),
                state.membersRevision(),
                state.providedRevision(),
                state.policies().version(),
                state.push().version(),
                moveVersion.getAsLong(),
                state.clientsOff().version(),
                state.isMandated(),
                duty.view());
    }

    private long now() {
        return ports.loop().nanos();
    }
}
