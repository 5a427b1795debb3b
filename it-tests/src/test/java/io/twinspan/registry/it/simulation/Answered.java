package io.twinspan.registry.it.simulation;

import io.twinspan.registry.message.Request;

/** One node's answer, as it leaves it. */
record Answered(SimulatedWorld world, SimulatedNode by, Request<?> request, Object answer) {}
