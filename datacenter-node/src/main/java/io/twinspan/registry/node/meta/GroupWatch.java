package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.FetchMetaGroup;
import io.twinspan.registry.message.MetaGroup;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this node stands in the group, also where its own log cannot know: nobody in the group talks to a node outside it, so while
 * there is no leader to be seen, the other configured metas are asked in turn, one at a time, who is in. With a leader they are asked
 * too, more slowly: when an operator has rebuilt the group elsewhere, this member steps aside and waits to be added there. Belongs to
 * the role's event loop; {@link #status} may be called on any thread.
 */
final class GroupWatch {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWatch.class);
    private static final long ASK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final CommandLog log;
    private final MetaReplica replica;
    private final MetaNeighbours metas;
    private final EventLoop loop;
    private final Duration within;
    private int next;
    private boolean isAsking;
    private boolean isEntering;
    private long askedNanos;
    private volatile @Nullable MetaGroup told;

    /** @param within how long one of the others may take to answer */
    GroupWatch(CommandLog log, MetaReplica replica, MetaNeighbours metas, EventLoop loop, Duration within) {
        this.log = log;
        this.replica = replica;
        this.metas = metas;
        this.loop = loop;
        this.within = within;
    }

    GroupStatus status() {
        GroupStatus own = log.status();
        MetaGroup group = told;
        if (group == null || own.leader().isPresent() || group.members().contains(own.self())) {
            return own;
        }
        return new GroupStatus(own.self(), Optional.ofNullable(group.leader()), group.members());
    }

    void onTick() {
        boolean hasLeader = log.status().leader().isPresent();
        if (hasLeader) {
            told = null;
        }
        boolean isTooSoon = hasLeader && loop.nanos() - askedNanos < ASK_EVERY_NANOS;
        if (isAsking || isTooSoon || metas.others().isEmpty()) {
            return;
        }
        isAsking = true;
        askedNanos = loop.nanos();
        Endpoint asked = metas.others().get(next++ % metas.others().size());
        metas.client()
                .call(asked, new FetchMetaGroup(), within)
                .whenCompleteAsync((group, failure) -> onAnswer(group), loop);
    }

    /** Only a meta that sees a leader knows the group; one without may remember another life of it. */
    private void onAnswer(@Nullable MetaGroup group) {
        isAsking = false;
        if (group == null || group.leader() == null || group.members().isEmpty()) {
            return;
        }
        if (hasTakenOurPlace(group)) {
            stepAside(group);
        } else if (log.status().leader().isEmpty()) {
            told = group;
        }
    }

    /** An operator said so; a group that is merely younger was made on empty disks, and takes nobody's place. */
    private boolean hasTakenOurPlace(MetaGroup group) {
        return group.isMandated()
                && !group.name().equals(log.groupName())
                && group.incarnation().compareTo(replica.state().incarnation()) > 0;
    }

    private void stepAside(MetaGroup group) {
        if (isEntering) {
            return;
        }
        isEntering = true;
        LOG.warn(
                "meta group was rebuilt elsewhere, this meta steps aside: own={} rebuilt={} leader={}",
                replica.state().incarnation(),
                group.incarnation(),
                group.leader());
        log.enter(group.name(), null).whenCompleteAsync((done, failure) -> isEntering = false, loop);
    }
}
