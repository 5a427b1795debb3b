/**
 * What more than one role must agree on: the topology of the federation and the ports of a node, checked when they are made. The
 * settings of a single feature stay with that feature. The ready-to-run files for each kind of deployment lie beside it, under
 * {@code deployments/}. Pure; used by the node and by tests.
 */
@NullMarked
package io.twinspan.registry.config;

import org.jspecify.annotations.NullMarked;
