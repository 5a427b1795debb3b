package io.twinspan.registry.ops.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What node the load tool is to start: one of all roles, alone in its datacenter.
 *
 * @param folder for its files
 * @param heap as in {@code -Xmx}
 * @param portOffset added to every default port
 * @param further lines of its configuration below {@code twinspan:}, each with its indent
 */
record NodeOrder(Path folder, String datacenter, String heap, int portOffset, List<String> further) {
    NodeOrder {
        further = List.copyOf(further);
    }
}
