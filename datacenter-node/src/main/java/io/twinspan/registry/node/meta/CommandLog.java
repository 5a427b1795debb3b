package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.runtime.PeerException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The replicated log of the meta group. Port: every member of the group applies the same commands in the same order to its
 * {@link Replica}. Methods may be called on any thread.
 */
public interface CommandLog extends AutoCloseable {
    /** The group of a datacenter whose metas were never rebuilt. */
    String FIRST_GROUP = "twinspan-meta";

    /**
     * Takes part in the group: loads the last snapshot, applies what the log has after it, and goes on from there. Called once.
     *
     * @throws IllegalStateException when the disk or the port cannot be used; the message names it
     */
    void start(Replica replica);

    /**
     * Adds a command.
     *
     * @return the replica's answer once the group has the command; fails when this member does not lead or stops leading, and then
     *     the command may or may not be carried out
     */
    CompletionStage<String> propose(byte[] command);

    /** How this member stands in the group now. */
    GroupStatus status();

    /**
     * Makes these the members of the group, one step at a time as raft has it. Those who join are brought up to date first, those
     * who leave stop taking part; a leader that leaves hands over.
     *
     * @param members raft addresses, at least one
     * @return done when the group has agreed; fails, and then nothing has changed for good, when this member does not lead, a change
     *     is going on already, or a new member cannot be reached
     */
    CompletionStage<Void> changeGroup(List<Endpoint> members);

    /** Name of the raft group that this member takes part in, or waits to be added to. */
    default String groupName() {
        return FIRST_GROUP;
    }

    /**
     * Leaves its group for good, whatever becomes of the others in it, and enters another one with an empty log. What the replica
     * holds stays until the log of that group says otherwise.
     *
     * @param group name of the other group
     * @param first the command with which this member begins the group alone; null to wait until its leader adds this member
     * @return done when it takes part or waits
     */
    default CompletionStage<Void> enter(String group, byte @Nullable [] first) {
        return CompletableFuture.failedFuture(new PeerException("this log has one group only"));
    }

    /** Writes a snapshot of the replica now, so that the log before it can go. */
    CompletionStage<Void> snapshot();

    /** Leaves without a word to the others; what is on disk stays. */
    @Override
    void close();
}
