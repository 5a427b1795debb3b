package io.twinspan.registry.acvip;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The sessions that a client may connect to: those of one datacenter with a live lease, at the addresses they advertise. What the
 * client says of its zone narrows nothing: official clients send constants, and a zone that matched no session would leave the
 * client without any.
 *
 * @param addresses sorted, each once, at least one
 */
public record SessionServers(List<Endpoint> addresses) {
    /** All weights are equal: a client prefers the lighter of two, and never tries a node of uniquely highest weight. */
    private static final String WEIGHT = "?weight=1";

    private static final String SEPARATOR = ";";

    /** Copies the addresses and refuses an empty list. */
    public SessionServers {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a list of sessions is never empty while one of them is asked");
        }
    }

    /**
     * The list that one session gives: without those that send their clients away, unless there are no others.
     *
     * @param live members of any role, with a live lease as far as the asked one has heard
     * @param asked the session that answers; it lives, whatever has been heard of it
     * @param draining sessions that send their clients away, perhaps the asked one
     */
    public static SessionServers of(Collection<Member> live, Member asked, Set<NodeId> draining) {
        Map<NodeId, Endpoint> all = new HashMap<>();
        for (Member member : live) {
            if (member.role() == NodeRole.SESSION && member.datacenter().equals(asked.datacenter())) {
                all.put(member.node(), member.endpoint(NodePort.SESSION_CLIENT));
            }
        }
        all.put(asked.node(), asked.endpoint(NodePort.SESSION_CLIENT));
        Map<NodeId, Endpoint> open = new HashMap<>(all);
        open.keySet().removeAll(draining);
        return new SessionServers(List.copyOf(new TreeSet<>((open.isEmpty() ? all : open).values())));
    }

    /** {@code ip:port;ip:port}, which all official clients read. */
    public String text() {
        return join("");
    }

    /** {@code ip:port?weight=N;…}, which clients from 6.5 on ask for first. */
    public String weightedText() {
        return join(WEIGHT);
    }

    private String join(String suffix) {
        return addresses.stream().map(address -> address + suffix).collect(Collectors.joining(SEPARATOR));
    }
}
