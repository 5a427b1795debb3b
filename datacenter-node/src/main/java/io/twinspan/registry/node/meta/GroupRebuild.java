package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.slot.Incarnation;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a new group of this member alone, from what it knows, when the majority of the old one is lost for good. The new group has a
 * name of its own, so members of the old one that come back neither join nor disturb it; they step aside when they hear of it.
 */
final class GroupRebuild {
    static final String PATH = "/manage/rebuild";

    private static final Logger LOG = LoggerFactory.getLogger(GroupRebuild.class);

    private final MetaReplica replica;
    private final MetaPorts ports;
    private final GroupWatch group;

    GroupRebuild(MetaReplica replica, MetaPorts ports, GroupWatch group) {
        this.replica = replica;
        this.ports = ports;
        this.group = group;
    }

    /**
     * The field {@code confirm} must be {@code majority-lost}.
     *
     * @throws IllegalArgumentException when it is not
     */
    CompletionStage<OperatorAnswer> carryOut(OperatorCall call) {
        if (OperatorAnswers.field(call, "confirm")
                .filter("majority-lost"::equals)
                .isEmpty()) {
            throw new IllegalArgumentException("rebuilding gives up the other members of the group for good;"
                    + " say confirm=majority-lost when that is what you want");
        }
        GroupStatus status = group.status();
        if (status.leader().isPresent()) {
            return CompletableFuture.completedFuture(OperatorAnswers.refused(
                    OperatorAnswers.CONFLICT,
                    "the group has a leader, " + status.leader().get()
                            + "; use /manage/changePeer to take dead members out"));
        }
        MetaState before = replica.state();
        Incarnation incarnation = new Incarnation(
                Math.max(ports.clock().physicalMillis(), before.incarnation().createdMillis() + 1),
                ports.random().nextLong());
        LOG.warn("meta group is rebuilt from={} as={}", before.incarnation(), incarnation);
        return ports.log()
                .enter(
                        CommandLog.FIRST_GROUP + "-" + incarnation,
                        MetaCodec.encode(new RebuildGroup(incarnation, before)))
                .thenApply(done -> {
                    Map<String, @Nullable Object> body = OperatorAnswers.body(
                            true,
                            "this meta begins a new group of its own with "
                                    + before.members().size() + " members and "
                                    + before.provided().size() + " provided values; add others with changePeer");
                    body.put("incarnation", incarnation.toString());
                    return OperatorAnswers.answer(OperatorAnswers.OK, body);
                })
                .exceptionally(OperatorAnswers::unavailable);
    }
}
