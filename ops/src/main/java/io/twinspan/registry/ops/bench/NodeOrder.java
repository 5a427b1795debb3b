package io.twinspan.registry.ops.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What node the load tool is to start, the only one of its roles in its datacenter.
 *
 * @param folder for its files
 * @param jvm flags of its JVM
 * @param portOffset added to every default port
 * @param roles separated by commas
 * @param further lines of its configuration below {@code twinspan:}, each with its indent
 */
record NodeOrder(Path folder, String datacenter, List<String> jvm, int portOffset, String roles, List<String> further) {
    /** As the demo starts its nodes: what lives for minutes is not compiled twice. */
    private static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    NodeOrder {
        jvm = List.copyOf(jvm);
        further = List.copyOf(further);
    }

    /**
     * A node of all roles, configured as nodes are without further words.
     *
     * @param heap as in {@code -Xmx}
     */
    NodeOrder(Path folder, String datacenter, String heap, int portOffset) {
        this(folder, datacenter, List.of("-Xmx" + heap), portOffset, "meta, data, session", List.of());
    }

    NodeOrder with(List<String> lines) {
        return new NodeOrder(folder, datacenter, jvm, portOffset, roles, lines);
    }

    /** The same in a JVM that is quickly at its best. */
    NodeOrder shortLived() {
        List<String> flags = Stream.concat(jvm.stream(), SHORT_LIVED.stream()).toList();
        return new NodeOrder(folder, datacenter, flags, portOffset, roles, further);
    }

    /** The same datacenter's node of other roles, in a folder beside. */
    NodeOrder of(String otherRoles, String name) {
        return new NodeOrder(folder.resolveSibling(name), datacenter, jvm, portOffset, otherRoles, further);
    }
}
