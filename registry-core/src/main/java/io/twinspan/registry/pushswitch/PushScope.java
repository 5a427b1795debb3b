package io.twinspan.registry.pushswitch;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.policy.PolicyTarget;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a token closes. {@code *} stands for any text, in {@code service} also in the middle of one.
 *
 * @param clients only pushes to these, {@code ip} or {@code ip:port}; none for all clients
 * @param grey these get their pushes all the same
 */
public record PushScope(String group, String service, Set<String> clients, Set<String> grey) {
    /** Most addresses in either list. */
    public static final int MOST_CLIENTS = 1_000;

    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z.:\\[\\]-]{1,255}");
    private static final PushScope ALL = new PushScope(PolicyTarget.ANY, PolicyTarget.ANY, Set.of(), Set.of());

    /** Sorts the addresses; refuses blank parts, what cannot be an address, and too many of them. */
    public PushScope {
        clients = sorted("clients", clients);
        grey = sorted("grey", grey);
        new PolicyTarget(PolicyTarget.ANY, group, service);
    }

    /** Every push of the datacenter. */
    public static PushScope all() {
        return ALL;
    }

    /** The same for everybody but these. */
    public PushScope sparing(Collection<String> addresses) {
        return new PushScope(group, service, clients, new TreeSet<>(addresses));
    }

    /** True when it is about every service and every client, those of the grey list apart. */
    public boolean isWhole() {
        return group.equals(PolicyTarget.ANY) && service.equals(PolicyTarget.ANY) && clients.isEmpty();
    }

    /** True when it is about the same services and clients, whoever is spared. */
    public boolean isAboutTheSame(PushScope other) {
        return group.equals(other.group) && service.equals(other.service) && clients.equals(other.clients);
    }

    /** True when it is about every client that the other one is about, whatever the services. */
    public boolean isAboutTheClientsOf(PushScope other) {
        boolean isNamed = clients.isEmpty() || (!other.clients.isEmpty() && clients.containsAll(other.clients));
        return isNamed && other.grey.containsAll(grey);
    }

    /** True when it is about this service for some client. */
    public boolean covers(DataInfoId id) {
        return new PolicyTarget(PolicyTarget.ANY, group, service).coversService(id);
    }

    /**
     * True when it is about this client.
     *
     * @param address {@code ip:port}
     */
    public boolean coversClient(String address) {
        return (clients.isEmpty() || names(clients, address)) && !names(grey, address);
    }

    @Override
    public String toString() {
        String text = "group=" + group + " service=" + service;
        text += clients.isEmpty() ? "" : " clients=" + clients;
        return text + (grey.isEmpty() ? "" : " grey=" + grey);
    }

    private static boolean names(Set<String> list, String address) {
        if (list.isEmpty()) {
            return false;
        }
        int port = address.lastIndexOf(':');
        return list.contains(address) || (port > 0 && list.contains(address.substring(0, port)));
    }

    private static Set<String> sorted(String field, Set<String> addresses) {
        if (addresses.size() > MOST_CLIENTS) {
            throw new IllegalArgumentException(
                    field + " names " + addresses.size() + " addresses, " + MOST_CLIENTS + " are allowed");
        }
        for (String each : addresses) {
            if (!ADDRESS.matcher(each).matches()) {
                throw new IllegalArgumentException(field + " has '" + each + "', which is no ip and no ip:port");
            }
        }
        return Collections.unmodifiableSet(new TreeSet<>(addresses));
    }
}
