package io.twinspan.registry.simulation;

import java.util.List;

/**
 * One thing that must hold of a simulated world, whatever happens to it. A checker may keep what it saw before.
 *
 * @param <W> the world it looks at
 */
public interface Invariant<W> {
    /** Looks at the world as it is now; returns what is broken, one line each, naming who and what. */
    List<String> violations(W world);
}
