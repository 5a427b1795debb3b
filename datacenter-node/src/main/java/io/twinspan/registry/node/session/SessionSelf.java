package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.SessionIncarnation;
import java.util.List;

/**
 * Who this session is.
 *
 * @param member as the others know it
 * @param peers the other datacenters of the federation
 */
public record SessionSelf(Member member, List<DatacenterId> peers) {
    private static final int LOW_BITS = 0xff;

    /** Copies the peers; refuses another role, and the own datacenter among its peers. */
    public SessionSelf {
        peers = List.copyOf(peers);
        if (member.role() != NodeRole.SESSION) {
            throw new IllegalArgumentException("a session cannot be " + member.role());
        }
        if (peers.contains(member.datacenter())) {
            throw new IllegalArgumentException("datacenter " + member.datacenter() + " is named as its own peer");
        }
    }

    SessionIncarnation incarnation() {
        return new SessionIncarnation(member.node(), member.incarnation());
    }

    /** Where data nodes announce changes to. */
    Endpoint notices() {
        return member.endpoint(NodePort.SESSION_FOR_DATA);
    }

    /** Low 8 bits of this session's stamps. */
    int stampByte() {
        return member.node().value().hashCode() & LOW_BITS;
    }
}
