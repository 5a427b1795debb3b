/**
 * The resolver of a node: what it is told by meta, by peers' metas and by other sessions goes into {@link
 * io.twinspan.registry.acvip.domain.Resolver}, what it is asked over HTTP and DNS comes from there. Roles put it together with what they
 * know. Invariant: nobody is given a session that has not answered within the last second while another one has.
 */
@NullMarked
package io.twinspan.registry.node.resolver;

import org.jspecify.annotations.NullMarked;
