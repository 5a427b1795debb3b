package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.host.Listeners;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;

/** Finds the processes behind addresses, so that their processor time can be read. */
final class ServerProcesses {
    private final Listeners listeners;

    ServerProcesses(Listeners listeners) {
        this.listeners = listeners;
    }

    /** One process an address, each once; none at all when any of them is on another machine or cannot be seen. */
    List<Long> find(List<Endpoint> addresses) {
        List<Optional<Long>> found = addresses.stream()
                .map(address -> isHere(address) ? listeners.find(address) : Optional.<Long>empty())
                .toList();
        return found.stream().allMatch(Optional::isPresent)
                ? found.stream().flatMap(Optional::stream).distinct().toList()
                : List.of();
    }

    private static boolean isHere(Endpoint address) {
        try {
            for (InetAddress each : InetAddress.getAllByName(address.host())) {
                if (each.isLoopbackAddress() || NetworkInterface.getByInetAddress(each) != null) {
                    return true;
                }
            }
            return false;
        } catch (IOException unknown) {
            return false;
        }
    }
}
