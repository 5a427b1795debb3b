package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.simulation.Invariant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** M1: in one term of a meta group one member leads, and no other ever did. */
final class OneLeaderATerm implements Invariant<Election> {
    private record Term(RaftGroup group, long number) {}

    private final Map<Term, Endpoint> leaders = new HashMap<>();

    @Override
    public List<String> violations(Election election) {
        Endpoint first = leaders.putIfAbsent(new Term(election.group(), election.term()), election.leader());
        return first == null || first.equals(election.leader())
                ? List.of()
                : List.of("M1 " + first + " and " + election.leader() + " both lead in term " + election.term());
    }
}
