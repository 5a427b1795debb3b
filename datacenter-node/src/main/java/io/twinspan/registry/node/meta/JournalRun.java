package io.twinspan.registry.node.meta;

import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.node.meta.proto.StoredCommand;

/** A failover has got on by a writing. Of two metas that drive one run, one is refused. */
record JournalRun(FailoverRun run) implements MetaCommand {
    @Override
    public String refusal(MetaState state) {
        return state.isCreated() ? state.book().runs().refusal(run) : "the group has no incarnation yet";
    }

    @Override
    public MetaState applyTo(MetaState state) {
        return state.withBook(state.book().withRuns(state.book().runs().with(run)));
    }

    @Override
    public StoredCommand stored() {
        return StoredCommand.newBuilder().setJournalRun(RunForms.stored(run)).build();
    }
}
