package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.FetchMetaGroup;
import io.twinspan.registry.message.MetaGroup;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How this node stands in the group, also where its own log cannot know: nobody in the group talks to a node outside it, so while
 * there is no leader to be seen, the other configured metas are asked in turn, one at a time, who is in. Belongs to the role's event
 * loop; {@link #status} may be called on any thread.
 */
final class GroupWatch {
    private final CommandLog log;
    private final MetaNeighbours metas;
    private final EventLoop loop;
    private final Duration within;
    private int next;
    private boolean isAsking;
    private volatile @Nullable MetaGroup told;

    /** @param within how long one of the others may take to answer */
    GroupWatch(CommandLog log, MetaNeighbours metas, EventLoop loop, Duration within) {
        this.log = log;
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
        if (log.status().leader().isPresent()) {
            told = null;
            return;
        }
        if (isAsking || metas.others().isEmpty()) {
            return;
        }
        isAsking = true;
        Endpoint asked = metas.others().get(next++ % metas.others().size());
        metas.client()
                .call(asked, new FetchMetaGroup(), within)
                .whenCompleteAsync((group, failure) -> onAnswer(group), loop);
    }

    /** Only a meta that sees a leader knows the group; one without may remember another life of it. */
    private void onAnswer(@Nullable MetaGroup group) {
        isAsking = false;
        if (group != null && group.leader() != null && !group.members().isEmpty()) {
            told = group;
        }
    }
}
