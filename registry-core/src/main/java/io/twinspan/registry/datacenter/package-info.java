/**
 * Who is who: datacenters, nodes, their roles, ports and addresses. A node is identified by the id kept on its disk, never
 * by its address alone. Everything else in the project may use this package; it uses nothing.
 */
@NullMarked
package io.twinspan.registry.datacenter;

import org.jspecify.annotations.NullMarked;
