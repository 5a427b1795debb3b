package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.lease.LeaseTable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The leases that the leading meta has granted (DESIGN §5). Pure: it is told the time. Three rules keep an outage of our own from
 * emptying the registry: a new leader grants everyone a full lease, so does a tick that is late by a third of a lease, and within
 * one lease never more than a third of a role's nodes (at least one) expire; the others get another lease.
 */
final class MemberLeases {
    private final Map<NodeRole, RoleLeases> roles = new EnumMap<>(NodeRole.class);
    private final long lateAfterNanos;
    private long lastTick;

    MemberLeases(MetaSettings settings) {
        roles.put(NodeRole.SESSION, new RoleLeases(settings.lease()));
        roles.put(NodeRole.DATA, new RoleLeases(settings.dataAbsence()));
        lateAfterNanos = settings.tick().plus(settings.lease().dividedBy(3)).toNanos();
    }

    /** True for the roles that hold leases. */
    boolean holds(NodeRole role) {
        return roles.containsKey(role);
    }

    /** This meta leads from now on: all known members begin a full lease. */
    void onLeading(Collection<MemberKey> members, long now) {
        roles.replaceAll((role, leases) -> new RoleLeases(leases.duration));
        members.forEach(member -> renew(member, now));
        lastTick = now;
    }

    void renew(MemberKey member, long now) {
        leases(member.role()).table.renew(member, now);
    }

    /** Those whose lease is over and who may go now. */
    List<MemberKey> onTick(long now) {
        boolean isLate = now - lastTick >= lateAfterNanos;
        lastTick = now;
        if (isLate) {
            roles.values().forEach(leases -> leases.table.renewAll(now));
            return List.of();
        }
        List<MemberKey> gone = new ArrayList<>();
        roles.values().forEach(leases -> gone.addAll(leases.expire(now)));
        return gone;
    }

    private RoleLeases leases(NodeRole role) {
        RoleLeases leases = roles.get(role);
        if (leases == null) {
            throw new IllegalArgumentException("role " + role + " holds no lease");
        }
        return leases;
    }

    private static final class RoleLeases {
        private final Duration duration;
        private final LeaseTable<MemberKey> table;
        private final Deque<Long> expiries = new ArrayDeque<>();

        RoleLeases(Duration duration) {
            this.duration = duration;
            this.table = new LeaseTable<>(duration);
        }

        List<MemberKey> expire(long now) {
            while (!expiries.isEmpty() && now - expiries.getFirst() >= duration.toNanos()) {
                expiries.removeFirst();
            }
            int before = table.size() + expiries.size();
            int allowed = Math.max(1, before / 3) - expiries.size();
            List<MemberKey> over = table.expire(now);
            Collections.sort(over);
            List<MemberKey> gone = new ArrayList<>();
            for (MemberKey member : over) {
                if (gone.size() < allowed) {
                    gone.add(member);
                    expiries.addLast(now);
                } else {
                    table.renew(member, now);
                }
            }
            return gone;
        }
    }
}
