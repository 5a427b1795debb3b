/**
 * What the session and data roles know of their own datacenter: who is there, who leads which slot, and which configuration is
 * provided. A {@link io.twinspan.registry.node.membership.MetaLink} renews the role's lease at meta and fetches what has changed;
 * roles read a {@link io.twinspan.registry.node.membership.ClusterView}. Invariant: within one life of a role the view never goes
 * back to an older epoch or revision, and a meta that knows less takes nothing away.
 */
@NullMarked
package io.twinspan.registry.node.membership;

import org.jspecify.annotations.NullMarked;
