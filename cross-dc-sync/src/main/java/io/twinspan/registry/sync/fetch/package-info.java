/**
 * Fetching on demand: which of a peer's announced datums are wanted here and not held, and getting them from the leaders of
 * their slots. Nothing is fetched without interest but what is to be kept warm, nothing is installed that is older than the
 * announcement that named it by the same or a later leader, and nothing that the peer's leader does not stand behind. Every call
 * to a peer's data node passes {@code PeerGuard}. All of it runs on the one event loop of
 * {@link io.twinspan.registry.sync.CrossDatacenterSync}.
 */
@NullMarked
package io.twinspan.registry.sync.fetch;

import org.jspecify.annotations.NullMarked;
