/**
 * Sync between datacenters: versions of own datums are announced to the peers, and a peer's addresses are fetched when somebody
 * here wants them. {@link io.twinspan.registry.sync.CrossDatacenterSync} puts the parts together and is used by the data role
 * through {@link io.twinspan.registry.sync.PeerSync}; fetched datums go back to it through
 * {@link io.twinspan.registry.sync.ForeignDatums}. A peer is heard through Kafka, or asked directly while that is not there; how it
 * stands is one {@link io.twinspan.registry.sync.PeerState}, and that both sides agree is proven by a
 * {@link io.twinspan.registry.sync.Verification}. Nothing here ever blocks its caller, and nothing that fails here touches the
 * datacenter's own discovery.
 */
@NullMarked
package io.twinspan.registry.sync;

import org.jspecify.annotations.NullMarked;
