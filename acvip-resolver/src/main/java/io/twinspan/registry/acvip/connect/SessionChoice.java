package io.twinspan.registry.acvip.connect;

import io.twinspan.registry.acvip.client.AnsweredEndpoint;
import io.twinspan.registry.datacenter.Endpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * In which order sessions are tried for a client: healthy ones first, those with the fewest streams of this agent for their weight
 * before others, by chance among equals; a session that has just failed comes last, whatever the answer says of it. Pure.
 */
final class SessionChoice {
    private record Ranked(AnsweredEndpoint session, boolean hasFailed, double load, double chance) {
        private static final Comparator<Ranked> ORDER = Comparator.comparing(Ranked::hasFailed)
                .thenComparing((Ranked each) -> !each.session().isHealthy())
                .thenComparingDouble(Ranked::load)
                .thenComparingDouble(Ranked::chance);
    }

    private SessionChoice() {}

    static List<AnsweredEndpoint> order(
            List<AnsweredEndpoint> answered,
            Map<Endpoint, Integer> streams,
            java.util.Set<Endpoint> failed,
            RandomGenerator chance) {
        List<Ranked> ranked = new ArrayList<>();
        for (AnsweredEndpoint each : answered) {
            double load = streams.getOrDefault(each.address(), 0) / (double) Math.max(1, each.weight());
            ranked.add(new Ranked(each, failed.contains(each.address()), load, chance.nextDouble()));
        }
        Collections.sort(ranked, Ranked.ORDER);
        return ranked.stream().map(Ranked::session).toList();
    }
}
