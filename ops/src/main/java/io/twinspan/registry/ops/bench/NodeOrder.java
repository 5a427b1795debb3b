package io.twinspan.registry.ops.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What node the load tool is to start, the only one of its roles in its datacenter.
 *
 * @param folder for its files
 * @param heap as in {@code -Xmx}
 * @param portOffset added to every default port
 * @param roles separated by commas
 * @param further lines of its configuration below {@code twinspan:}, each with its indent
 */
record NodeOrder(Path folder, String datacenter, String heap, int portOffset, String roles, List<String> further) {
    NodeOrder {
        further = List.copyOf(further);
    }

    /** A node of all roles, configured as nodes are without further words. */
    NodeOrder(Path folder, String datacenter, String heap, int portOffset) {
        this(folder, datacenter, heap, portOffset, "meta, data, session", List.of());
    }

    NodeOrder with(List<String> lines) {
        return new NodeOrder(folder, datacenter, heap, portOffset, roles, lines);
    }

    /** The same datacenter's node of other roles, in a folder beside. */
    NodeOrder of(String otherRoles, String name) {
        return new NodeOrder(folder.resolveSibling(name), datacenter, heap, portOffset, otherRoles, further);
    }
}
