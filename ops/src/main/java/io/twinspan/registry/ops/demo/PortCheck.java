package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.ops.host.Listeners;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether the demo can listen where it wants to. Changes nothing: what it opens to see, it closes at once. */
final class PortCheck {
    private static final int SHOWN_OF_COMMAND = 100;
    private static final int SHOWN_PROBLEMS = 8;
    private static final int ANY_PORT = 0;

    private final Path proc;

    PortCheck(Path proc) {
        this.proc = proc;
    }

    /** Every address the demo listens on, with what opens it. */
    static Map<Endpoint, String> wanted(Layout layout) {
        Map<Endpoint, String> wanted = new LinkedHashMap<>();
        wanted.put(Layout.KAFKA, "the Kafka broker");
        layout.nodes().forEach(node -> wanted.putAll(wanted(node)));
        return wanted;
    }

    /** Every address one node listens on. */
    static Map<Endpoint, String> wanted(DemoNode node) {
        Map<Endpoint, String> wanted = new LinkedHashMap<>();
        for (NodePort port : node.ports()) {
            wanted.put(node.endpoint(port), node.name() + "'s " + port.configName());
        }
        return wanted;
    }

    /** One sentence for each address that another process has, at most eight, and how many more there are. */
    List<String> inUse(Map<Endpoint, String> wanted) {
        Listeners listeners = new Listeners(proc);
        List<Endpoint> taken = wanted.keySet().stream()
                .filter(address -> !canListen(address.host(), address.port()))
                .toList();
        List<String> problems = new ArrayList<>();
        taken.stream()
                .limit(SHOWN_PROBLEMS)
                .forEach(address -> problems.add("port " + address.port() + " on " + address.host() + " ("
                        + wanted.get(address) + ") is in use" + describeOwner(listeners, address)
                        + ". End that process, or let it use another port."));
        if (taken.size() > SHOWN_PROBLEMS) {
            problems.add((taken.size() - SHOWN_PROBLEMS) + " more ports are in use");
        }
        return problems;
    }

    /** Those of the hosts that this machine does not have. */
    static List<String> missingHosts(Stream<String> hosts) {
        return hosts.distinct().filter(host -> !canListen(host, ANY_PORT)).toList();
    }

    private static String describeOwner(Listeners listeners, Endpoint address) {
        return listeners
                .find(address)
                .map(pid -> " by pid " + pid
                        + listeners
                                .command(pid)
                                .map(PortCheck::shortened)
                                .map(command -> " (" + command + ")")
                                .orElse(""))
                .orElse(" by a process that cannot be seen from here");
    }

    private static String shortened(String command) {
        return command.length() <= SHOWN_OF_COMMAND ? command : command.substring(0, SHOWN_OF_COMMAND) + "…";
    }

    /** With reuse of addresses, as the servers do it: connections that linger from the last run do not count. */
    private static boolean canListen(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
