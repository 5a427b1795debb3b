package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.Endpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Which of several servers that know the same is asked next: the one that answered last, while it answers; otherwise the next in the
 * order given whose pause is over. The pause of a server doubles with each failure, with a fifth of chance in it, so that a crowd of
 * clients does not come back as one. Pure; time is told.
 */
final class ServerChoice {
    private static final double CHANCE = 0.2;
    private static final int MOST_DOUBLINGS = 16;

    private record Pause(int failures, long untilNanos) {}

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator chance;
    private final Map<Endpoint, Pause> pauses = new HashMap<>();
    private List<Endpoint> servers = List.of();
    private int at;

    /**
     * @param first pause after a first failure
     * @param longest pause of a server that has failed often
     */
    ServerChoice(Duration first, Duration longest, RandomGenerator chance) {
        this.first = first;
        this.longest = longest;
        this.chance = chance;
    }

    /** Takes another list; what is known of servers that stay is kept, and so is the one in use. */
    void set(List<Endpoint> next) {
        Endpoint current = servers.isEmpty() ? null : servers.get(at);
        servers = List.copyOf(next);
        pauses.keySet().retainAll(servers);
        at = Math.max(0, current == null ? 0 : servers.indexOf(current));
    }

    List<Endpoint> servers() {
        return servers;
    }

    /** The one to ask now; empty while all pause. */
    Optional<Endpoint> pick(long now) {
        for (int i = 0; i < servers.size(); i++) {
            int candidate = (at + i) % servers.size();
            if (leftOf(servers.get(candidate), now) <= 0) {
                at = candidate;
                return Optional.of(servers.get(candidate));
            }
        }
        return Optional.empty();
    }

    /** How long until one may be asked; zero when one may now, the longest pause when there is none at all. */
    Duration untilNext(long now) {
        return servers.stream().mapToLong(server -> leftOf(server, now)).min().stream()
                .mapToObj(nanos -> Duration.ofNanos(Math.max(0, nanos)))
                .findFirst()
                .orElse(longest);
    }

    void onAnswer(Endpoint server) {
        pauses.remove(server);
    }

    void onFailure(Endpoint server, long now) {
        if (!servers.contains(server)) {
            return;
        }
        Pause before = pauses.get(server);
        int failures = before == null ? 1 : before.failures() + 1;
        long nanos = Math.min(longest.toNanos(), first.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS));
        long spread = (long) (nanos * CHANCE * (2 * chance.nextDouble() - 1));
        pauses.put(server, new Pause(failures, now + nanos + spread));
        at = (servers.indexOf(server) + 1) % servers.size();
    }

    /** True when each of them failed when it was asked last. */
    boolean hasNobody() {
        return pauses.keySet().containsAll(servers);
    }

    private long leftOf(Endpoint server, long now) {
        Pause pause = pauses.get(server);
        return pause == null ? 0 : pause.untilNanos() - now;
    }
}
