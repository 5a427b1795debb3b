/** Tests of configuration that all datacenters share, with several datacenters in one thread. */
@NullMarked
package io.twinspan.registry.node.meta.federation;

import org.jspecify.annotations.NullMarked;
