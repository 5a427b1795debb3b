package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.runtime.EventLoop;

/** What the handlers of the data role work on; touched only on the loop. */
record DataState(
        Member member,
        LedSlots slots,
        SessionTable sessions,
        QuarantineDesk quarantine,
        ClusterView view,
        EventLoop loop) {
    DatacenterId own() {
        return member.datacenter();
    }

    NodeId self() {
        return member.node();
    }

    long nanos() {
        return loop.nanos();
    }

    ClusterState cluster() {
        return view.current();
    }
}
