/**
 * Two datacenters and a Kafka broker on one machine, for trying things. Everything of a demo is in one folder ({@link
 * io.twinspan.registry.ops.demo.DemoHome}), so that stopping and cleaning need nothing else. Invariant: nothing is started
 * until every check has passed, and what was started is either written in the state file or ended. The command line calls
 * {@link io.twinspan.registry.ops.demo.Demo}; nobody else does.
 */
@NullMarked
package io.twinspan.registry.ops.demo;

import org.jspecify.annotations.NullMarked;
