package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which servers know the same, in the order in which they are believed: those of the own datacenter, those that were given and that
 * no datacenter names as its own (a load balancer's, say), those of the other datacenters by name.
 *
 * @param own the datacenter in which the client stands; empty when nobody knows
 * @param servers by group, never an empty list
 */
record ServerGroups(String own, Map<String, List<Endpoint>> servers) {
    /** The group of servers that no datacenter names. */
    static final String GIVEN = "";

    /** Of what was given and learned. */
    static ServerGroups of(ClientSettings settings, ServerList learned) {
        ClientLimits limits = settings.limits();
        Set<Endpoint> unnamed = new LinkedHashSet<>(settings.servers());
        learned.datacenters().forEach(each -> each.resolvers().forEach(unnamed::remove));
        String own = own(settings, learned);
        Map<String, List<Endpoint>> groups = new LinkedHashMap<>();
        List<DatacenterServers> ordered = new ArrayList<>(learned.datacenters());
        ordered.sort(Comparator.comparing(
                        (DatacenterServers each) -> !each.datacenter().equals(own))
                .thenComparing(DatacenterServers::datacenter));
        for (DatacenterServers each : ordered) {
            boolean isOwn = each.datacenter().equals(own);
            if (!isOwn) {
                putGiven(groups, unnamed);
            }
            if (!each.resolvers().isEmpty() && groups.size() < limits.mostDatacenters()) {
                groups.put(each.datacenter(), bounded(settings, each, limits.mostServers()));
            }
        }
        putGiven(groups, unnamed);
        return new ServerGroups(own, groups);
    }

    List<String> names() {
        return List.copyOf(servers.keySet());
    }

    private static void putGiven(Map<String, List<Endpoint>> groups, Set<Endpoint> unnamed) {
        if (!unnamed.isEmpty()) {
            groups.putIfAbsent(GIVEN, List.copyOf(unnamed));
        }
    }

    /** Those that were given come first, in that order: somebody has thought of it. */
    private static List<Endpoint> bounded(ClientSettings settings, DatacenterServers each, int most) {
        List<Endpoint> chosen = new ArrayList<>(settings.servers());
        chosen.retainAll(each.resolvers());
        each.resolvers().stream().filter(server -> !chosen.contains(server)).forEach(chosen::add);
        return List.copyOf(chosen.subList(0, Math.min(most, chosen.size())));
    }

    private static String own(ClientSettings settings, ServerList learned) {
        if (!settings.place().datacenter().isEmpty()) {
            return settings.place().datacenter();
        }
        for (Endpoint given : settings.servers()) {
            for (DatacenterServers each : learned.datacenters()) {
                if (each.resolvers().contains(given)) {
                    return each.datacenter();
                }
            }
        }
        return "";
    }
}
