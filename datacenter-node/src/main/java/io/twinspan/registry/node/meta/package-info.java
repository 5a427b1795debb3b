/**
 * The meta role: membership, slot table and provided configuration of one datacenter, agreed by the raft group of its metas.
 * What must survive is a {@link io.twinspan.registry.node.meta.MetaCommand}; the state is a pure function of the commands in the
 * order of the log. Leases are not commands: only the leader keeps them, in memory. Invariant: nothing is answered to a writer
 * before the group has it, and no answer to a reader waits for the group: a follower asks the leader, briefly, and then answers
 * from its own state. Requests on any member reach the leader, each sent on once at most. Other roles talk to it by messages only.
 */
@NullMarked
package io.twinspan.registry.node.meta;

import org.jspecify.annotations.NullMarked;
