/**
 * Fetching on demand: which of a peer's announced datums are wanted here and not held, and getting them from the leaders of
 * their slots. Nothing is fetched without interest, nothing is installed that is older than the announcement that named it, and
 * nothing that the peer's leader does not stand behind. All of it runs on the one event loop of
 * {@link io.twinspan.registry.sync.CrossDatacenterSync}.
 */
@NullMarked
package io.twinspan.registry.sync.fetch;

import org.jspecify.annotations.NullMarked;
