package io.twinspan.registry.acvip.domain;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The federation's own servers as far as they are known.
 *
 * @param sessions where clients connect; healthy are those that live and take clients
 * @param consoles HTTP ports of metas
 * @param resolvers where domains are answered, by datacenter
 */
public record Federation(
        List<Candidate> sessions, List<Candidate> consoles, Map<DatacenterId, List<Endpoint>> resolvers) {
    /** Nothing is known yet. */
    public static final Federation UNKNOWN = new Federation(List.of(), List.of(), Map.of());

    /** Copies the lists. */
    public Federation {
        sessions = List.copyOf(sessions);
        consoles = List.copyOf(consoles);
        resolvers = Map.copyOf(new TreeMap<>(resolvers));
    }
}
