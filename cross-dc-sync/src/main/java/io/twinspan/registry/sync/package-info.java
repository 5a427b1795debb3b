/**
 * What passes between datacenters: version digests are announced, content is fetched when somebody here wants it. The data role
 * owns the one {@link io.twinspan.registry.sync.PeerSync} of a node and keeps what it brings, as
 * {@link io.twinspan.registry.sync.ForeignDatums}. Only a datacenter's own datums are ever announced.
 */
@NullMarked
package io.twinspan.registry.sync;

import org.jspecify.annotations.NullMarked;
