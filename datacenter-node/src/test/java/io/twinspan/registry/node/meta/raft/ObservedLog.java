package io.twinspan.registry.node.meta.raft;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.node.meta.CommandLog;
import io.twinspan.registry.node.meta.GroupStatus;
import io.twinspan.registry.node.meta.Replica;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log that tells a test of each change of leadership. */
record ObservedLog(CommandLog log, Consumer<Boolean> leadership) implements CommandLog {
    @Override
    public void start(Replica replica) {
        log.start(new Replica() {
            @Override
            public String apply(byte[] command) {
                return replica.apply(command);
            }

            @Override
            public byte[] save() {
                return replica.save();
            }

            @Override
            public void load(byte[] state) {
                replica.load(state);
            }

            @Override
            public void onLeadership(boolean isLeading) {
                leadership.accept(isLeading);
                replica.onLeadership(isLeading);
            }
        });
    }

    @Override
    public CompletionStage<String> propose(byte[] command) {
        return log.propose(command);
    }

    @Override
    public GroupStatus status() {
        return log.status();
    }

    @Override
    public CompletionStage<Void> changeGroup(List<Endpoint> members) {
        return log.changeGroup(members);
    }

    @Override
    public String groupName() {
        return log.groupName();
    }

    @Override
    public CompletionStage<Void> enter(String group, byte @Nullable [] first) {
        return log.enter(group, first);
    }

    @Override
    public CompletionStage<Void> snapshot() {
        return log.snapshot();
    }

    @Override
    public void close() {
        log.close();
    }
}
