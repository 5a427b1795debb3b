package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The meta group of one datacenter: who takes part, who of them lives now, and what it has promised so far. */
final class RaftGroup {
    private final Tampering tampering;
    private final Consumer<Election> onElected;
    private final List<Endpoint> members;
    private final Map<Endpoint, SimulatedLog> lives = new HashMap<>();
    private final SortedMap<Integer, Election.Promise> acknowledged = new TreeMap<>();

    /** @param onElected told of whoever begins to lead */
    RaftGroup(Tampering tampering, Consumer<Election> onElected, List<Endpoint> members) {
        this.tampering = tampering;
        this.onElected = onElected;
        this.members = List.copyOf(members);
    }

    List<Endpoint> members() {
        return members;
    }

    /** How many of the members are enough to agree. */
    int majority() {
        return members.size() / 2 + 1;
    }

    Tampering tampering() {
        return tampering;
    }

    /** A new life of a member. */
    void onStarted(Endpoint member, SimulatedLog log) {
        lives.put(member, log);
    }

    /** The last life of a member, which may be over; null before the first. */
    @Nullable
    SimulatedLog find(Endpoint member) {
        return lives.get(member);
    }

    void onElected(Endpoint member, MetaDisk disk) {
        onElected.accept(new Election(this, member, disk.term(), disk.after(0), acknowledged));
    }

    /** Whoever proposed this is told, by the leader of this term, that the group has it. */
    void onAcknowledged(int index, MetaDisk.Entry entry, long term) {
        acknowledged.put(index, new Election.Promise(entry, term));
    }
}
