package io.twinspan.registry.node.meta.move;

import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.federation.MoveProgress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What nodes have last said of a move, as the leading meta hears it with renewals. Belongs to the meta role's event loop. */
public final class MoveSums {
    private record Place(NodeId node, NodeRole role) {}

    private final Map<Place, MoveProgress> said = new HashMap<>();

    /** Another meta leads from now on, or this one anew: whoever lives says it again within a second. */
    public void clear() {
        said.clear();
    }

    /** A member has renewed its lease. */
    public void onRenewal(Member member, @Nullable MoveProgress progress) {
        Place place = new Place(member.node(), member.role());
        if (progress == null) {
            said.remove(place);
        } else {
            said.put(place, progress);
        }
    }

    /** What these members have said of a run. */
    public MoveProgress sum(String run, Collection<Member> members) {
        MoveProgress sum = MoveProgress.none(run);
        for (Member member : members) {
            MoveProgress progress = find(run, member).orElse(null);
            if (progress != null) {
                sum = sum.plus(progress);
            }
        }
        return sum;
    }

    /** Those of these members that have said nothing of the run yet. */
    public List<NodeId> silent(String run, Collection<Member> members) {
        return members.stream()
                .filter(member -> find(run, member).isEmpty())
                .map(Member::node)
                .sorted()
                .toList();
    }

    private Optional<MoveProgress> find(String run, Member member) {
        return Optional.ofNullable(said.get(new Place(member.node(), member.role())))
                .filter(progress -> progress.run().equals(run));
    }
}
