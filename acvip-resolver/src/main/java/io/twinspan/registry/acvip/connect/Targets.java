package io.twinspan.registry.acvip.connect;

import io.twinspan.registry.acvip.client.AnsweredEndpoint;
import io.twinspan.registry.acvip.client.ServedAnswer;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.FederationEpoch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sessions of the current answer.
 *
 * @param epoch under which they were named
 * @param draining datacenters whose clients are being moved away
 * @param proxyPort where they take a header, those of them that do
 */
record Targets(
        Optional<FederationEpoch> epoch, Set<String> draining, List<AnsweredEndpoint> sessions, ProxyPort proxyPort) {
    static final Targets NONE = new Targets(Optional.empty(), Set.of(), List.of(), ProxyPort.NONE);

    /** Most ways that are tried for one client before all are tried again. */
    private static final int MOST_ATTEMPTS = 32;

    static Targets of(ServedAnswer answer, ProxyPort port) {
        return new Targets(answer.epoch(), answer.draining(), answer.endpoints(), port);
    }

    Set<String> datacenters() {
        return sessions.stream()
                .map(AnsweredEndpoint::datacenter)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean names(Endpoint session) {
        return sessions.stream().anyMatch(each -> each.address().equals(session));
    }

    Set<String> hosts() {
        return sessions.stream().map(each -> each.address().host()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What is tried for a client, in this order: every session that keeps the client's address before any that does not.
     *
     * @param addresses where hosts are; sessions on those that are nowhere are left out
     */
    List<Attempt> attempts(
            Map<Endpoint, Integer> streams,
            Set<Endpoint> failed,
            RandomGenerator chance,
            Function<String, Optional<InetAddress>> addresses) {
        List<Attempt> proxied = new ArrayList<>();
        List<Attempt> plain = new ArrayList<>();
        for (AnsweredEndpoint each : SessionChoice.order(sessions, streams, failed, chance)) {
            Endpoint session = each.address();
            addresses.apply(session.host()).ifPresent(host -> {
                proxyPort
                        .of(session)
                        .ifPresent(other ->
                                proxied.add(new Attempt(each, new InetSocketAddress(host, other.port()), true)));
                plain.add(new Attempt(each, new InetSocketAddress(host, session.port()), false));
            });
        }
        return Stream.concat(proxied.stream(), plain.stream())
                .limit(MOST_ATTEMPTS)
                .toList();
    }
}
