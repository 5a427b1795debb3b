/** Tests of the link to meta, on manual time. */
@NullMarked
package io.twinspan.registry.node.membership;

import org.jspecify.annotations.NullMarked;
