package io.twinspan.registry.node.meta;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.runtime.EventLoop;
import java.util.random.RandomGenerator;

/**
 * What the meta role runs on.
 *
 * @param log the group's log, not started yet; the role starts and closes it
 * @param clock dates the incarnation of a new group
 * @param random tells apart two groups made in the same millisecond
 * @param metas the other metas of the datacenter
 * @param loop everything but the state of the log happens on it; the role does not close it
 */
public record MetaPorts(
        CommandLog log, HybridClock clock, RandomGenerator random, MetaNeighbours metas, EventLoop loop) {}
