package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the numbers of the meta role into {@code registry-metrics.log} every minute, where operators look for them. */
public final class MetaFigures {
    /** How often. */
    public static final Duration EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(MetaFigures.class);

    private final MetaRole role;

    /** Of this role. */
    public MetaFigures(MetaRole role) {
        this.role = role;
    }

    /** One line; may be called on any thread. */
    public void write() {
        GroupStatus group = role.status();
        LOG.info(
                "raftStatus={} leader={} metas={} data={} sessions={} renewals={} leaderChanges={} epoch={}",
                group.raftStatus(),
                group.leader().map(Endpoint::toString).orElse("none"),
                group.members().size(),
                role.members(NodeRole.DATA),
                role.members(NodeRole.SESSION),
                role.renewals(),
                role.leaderChanges(),
                role.state().table().epoch().number());
    }
}
