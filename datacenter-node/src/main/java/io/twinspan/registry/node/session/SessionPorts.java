package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.util.random.RandomGenerator;

/**
 * What the process gives the session role.
 *
 * @param loop belongs to the role alone
 * @param random for jitter only; used on the loop
 */
public record SessionPorts(EventLoop loop, HybridClock clock, PeerClient peers, RandomGenerator random) {}
