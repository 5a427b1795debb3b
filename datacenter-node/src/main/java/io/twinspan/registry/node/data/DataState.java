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
        OwnPause pause,
        EventLoop loop) {
    DatacenterId own() {
        return member.datacenter();
    }

    NodeId self() {
        return member.node();
    }

    /**
     * False right after a pause of our own: another may lead by now what is still led here. What was put into it then would be less
     * than the other one's, under a later version, and whoever began with that would show it in place of the other's.
     */
    boolean isToChange() {
        return !pause.isJustOver(nanos());
    }

    long nanos() {
        return loop.nanos();
    }

    ClusterState cluster() {
        return view.current();
    }
}
