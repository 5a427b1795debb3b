package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.Member;

/** Session or data node to meta: this role of this node lives. The first one makes it a member. */
public record RenewLease(Member member) implements Request<LeaseGrant> {}
