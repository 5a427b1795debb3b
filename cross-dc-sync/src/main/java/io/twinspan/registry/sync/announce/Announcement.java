package io.twinspan.registry.sync.announce;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;

/** What a datacenter tells its peers of its own datums: versions only, never an address. */
public sealed interface Announcement permits Changed, Summary, Full {
    /** Who says it. */
    Sender sender();

    /** Whose datums. */
    default DatacenterId datacenter() {
        return sender().datacenter();
    }

    /** Which of its data nodes says it. */
    default NodeId node() {
        return sender().node();
    }

    /** The sender's clock. */
    default Stamp sentAt() {
        return sender().sentAt();
    }
}
