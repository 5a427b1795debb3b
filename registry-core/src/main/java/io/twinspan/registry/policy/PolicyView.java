package io.twinspan.registry.policy;

import java.util.function.Consumer;

/** The policies in force on this node. */
public interface PolicyView {
    /** The newest table known; any thread. {@link PolicyTable#EMPTY} until a meta or the disk has named one. */
    PolicyTable current();

    /**
     * Adds a listener, called with each newer table, on a thread of the view; it must hand over to its own event loop. Read
     * {@link #current} after adding it: what was known before is not told.
     */
    void onChange(Consumer<PolicyTable> listener);
}
