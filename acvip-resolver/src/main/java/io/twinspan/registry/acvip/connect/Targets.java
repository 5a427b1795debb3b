package io.twinspan.registry.acvip.connect;

import io.twinspan.registry.acvip.client.AnsweredEndpoint;
import io.twinspan.registry.acvip.client.ServedAnswer;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.FederationEpoch;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The sessions of the current answer with their names looked up, which may take time and is therefore not done where bytes are moved.
 *
 * @param epoch under which they were named
 * @param plain where each listens for clients
 * @param proxied where each listens for clients with a header; those without are missing
 */
record Targets(
        Optional<FederationEpoch> epoch,
        List<AnsweredEndpoint> sessions,
        Map<Endpoint, InetSocketAddress> plain,
        Map<Endpoint, InetSocketAddress> proxied) {
    static final Targets NONE = new Targets(Optional.empty(), List.of(), Map.of(), Map.of());

    /** Most ways that are tried for one client before all are tried again. */
    private static final int MOST_ATTEMPTS = 32;

    /** Looks names up; those that nobody knows are left out. */
    static Targets of(ServedAnswer answer, ProxyPort port) {
        Map<Endpoint, InetSocketAddress> plain = new HashMap<>();
        Map<Endpoint, InetSocketAddress> proxied = new HashMap<>();
        for (AnsweredEndpoint each : answer.endpoints()) {
            lookUp(each.address(), each.address(), plain);
            port.of(each.address()).ifPresent(other -> lookUp(each.address(), other, proxied));
        }
        return new Targets(answer.epoch(), answer.endpoints(), Map.copyOf(plain), Map.copyOf(proxied));
    }

    Set<String> datacenters() {
        return sessions.stream()
                .map(AnsweredEndpoint::datacenter)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What is tried for a client, in this order: every session that keeps the client's address before any that does not. */
    List<Attempt> attempts(Map<Endpoint, Integer> streams, Set<Endpoint> failed, RandomGenerator chance) {
        List<AnsweredEndpoint> order = SessionChoice.order(sessions, streams, failed, chance);
        List<Attempt> attempts = new ArrayList<>();
        add(attempts, order, proxied, true);
        add(attempts, order, plain, false);
        return attempts.subList(0, Math.min(MOST_ATTEMPTS, attempts.size()));
    }

    private static void add(
            List<Attempt> attempts,
            List<AnsweredEndpoint> order,
            Map<Endpoint, InetSocketAddress> addresses,
            boolean isProxied) {
        for (AnsweredEndpoint each : order) {
            InetSocketAddress address = addresses.get(each.address());
            if (address != null) {
                attempts.add(new Attempt(each, address, isProxied));
            }
        }
    }

    private static void lookUp(Endpoint session, Endpoint port, Map<Endpoint, InetSocketAddress> into) {
        InetSocketAddress address = new InetSocketAddress(port.host(), port.port());
        if (!address.isUnresolved()) {
            into.put(session, address);
        }
    }
}
