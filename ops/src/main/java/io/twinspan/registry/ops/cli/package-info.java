/**
 * The command line: one file a command, nothing but reading options, calling the package that does it, and saying what came
 * out. Messages name the thing, what is wrong and what to do; {@link io.twinspan.registry.ops.cli.ExitCodes} lists what
 * scripts may rely on. Started by the shell script in ops/bin.
 */
@NullMarked
package io.twinspan.registry.ops.cli;

import org.jspecify.annotations.NullMarked;
