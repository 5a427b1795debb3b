/** Tests of a node's resolver: its JSON, its store and its watches. */
@NullMarked
package io.twinspan.registry.node.resolver;

import org.jspecify.annotations.NullMarked;
