/**
 * The composition root: reads the node's configuration, puts the enabled roles together with their adapters, starts and stops
 * them in order. Nothing here decides anything about the registry; a role that lived in a process of its own would not notice.
 */
@NullMarked
package io.twinspan.registry.node;

import org.jspecify.annotations.NullMarked;
