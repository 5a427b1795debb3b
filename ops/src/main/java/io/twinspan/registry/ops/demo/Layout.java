package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which processes a datacenter of the demo consists of. Memory is what was measured a process, and some room; the patience is for
 * all of them starting at once on two cores that others use as well.
 */
public enum Layout {
    /** One process with all roles, on 127.0.0.1: the east at the default ports, the west at each port + 1000. */
    ONE(1_200, Duration.ofMinutes(2)) {
        @Override
        Site site(String datacenter, int number) {
            DemoNode node =
                    new DemoNode(datacenter, EnumSet.allOf(NodeRole.class), LOOPBACK, (number - 1) * BETWEEN_SITES);
            return new Site(datacenter, List.of(node));
        }
    },
    /** Three processes with all roles, each on an address of its own, at the default ports. */
    THREE(2_600, Duration.ofMinutes(4)) {
        @Override
        Site site(String datacenter, int number) {
            List<DemoNode> nodes = new ArrayList<>();
            for (int i = 1; i <= HOSTS; i++) {
                nodes.add(new DemoNode(datacenter + "-" + i, EnumSet.allOf(NodeRole.class), host(number, i), 0));
            }
            return new Site(datacenter, nodes);
        }
    },
    /** Three metas, three data nodes and two sessions, on three addresses, at the default ports. */
    SEPARATE(5_200, Duration.ofMinutes(5)) {
        @Override
        Site site(String datacenter, int number) {
            Map<NodeRole, Integer> counts =
                    new EnumMap<>(Map.of(NodeRole.META, 3, NodeRole.DATA, 3, NodeRole.SESSION, 2));
            List<DemoNode> nodes = new ArrayList<>();
            counts.forEach((role, count) -> {
                for (int i = 1; i <= count; i++) {
                    String name = datacenter + "-" + role.name().toLowerCase(Locale.ROOT) + "-" + i;
                    nodes.add(new DemoNode(name, EnumSet.of(role), host(number, i), 0));
                }
            });
            return new Site(datacenter, nodes);
        }
    };

    /** The broker that carries the announcements of both datacenters. */
    static final Endpoint KAFKA = new Endpoint("127.0.0.1", 19092);

    static final String EAST = "east";
    static final String WEST = "west";

    private static final String LOOPBACK = KAFKA.host();
    private static final int BETWEEN_SITES = 1_000;
    private static final int HOSTS = 3;

    private final int neededMiB;
    private final Duration startPatience;

    Layout(int neededMiB, Duration startPatience) {
        this.neededMiB = neededMiB;
        this.startPatience = startPatience;
    }

    /** The datacenter of that number, counted from 1. */
    abstract Site site(String datacenter, int number);

    Site east() {
        return site(EAST, 1);
    }

    Site west() {
        return site(WEST, 2);
    }

    List<Site> sites() {
        return List.of(east(), west());
    }

    /** All nodes of both datacenters. */
    List<DemoNode> nodes() {
        return sites().stream().flatMap(site -> site.nodes().stream()).toList();
    }

    Optional<DemoNode> find(String node) {
        return nodes().stream().filter(each -> each.name().equals(node)).findFirst();
    }

    /** Every process by name, the broker first, in the order in which they are started. */
    List<String> processes() {
        return Stream.concat(Stream.of(DemoHome.KAFKA), nodes().stream().map(DemoNode::name))
                .toList();
    }

    /** Memory that all processes need together. */
    int neededMiB() {
        return neededMiB;
    }

    /** How long all may take together until they are well. */
    Duration startPatience() {
        return startPatience;
    }

    /** As the user names it. */
    String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String host(int site, int number) {
        return "127.0." + site + "." + number;
    }
}
