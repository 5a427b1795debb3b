/** Tests of the policies in force on a node. */
@NullMarked
package io.twinspan.registry.node.policy;

import org.jspecify.annotations.NullMarked;
