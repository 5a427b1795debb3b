/**
 * What this machine says of itself: free memory, who listens on a port, what a process has used and whether it still lives.
 * Everything is read from the Linux /proc folder, whose root is an argument so that tests can show another one; where it is
 * missing the answer is "unknown", never a guess. Demo and load tool may call; it calls nothing of ours.
 */
@NullMarked
package io.twinspan.registry.ops.host;

import org.jspecify.annotations.NullMarked;
