/**
 * Files of a node's home in which it keeps what it was last told, for a restart while nobody can tell it again. Invariants: a file
 * is there whole or as it was before, and losing one costs nothing but that.
 */
@NullMarked
package io.twinspan.registry.node.disk;

import org.jspecify.annotations.NullMarked;
