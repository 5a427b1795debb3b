package io.twinspan.registry.node.meta;

/**
 * What a {@link CommandLog} drives. The log calls {@code apply}, {@code save} and {@code load} one at a time, always from the same
 * order, so an implementation needs no lock for them.
 */
public interface Replica {
    /**
     * Carries out a command of the group. Must depend on nothing but the commands before it.
     *
     * @return the answer for whoever proposed it; empty when it was carried out, else why it was refused
     */
    String apply(byte[] command);

    /** The whole state, for a snapshot. */
    byte[] save();

    /** Replaces the whole state by that of a snapshot. */
    void load(byte[] state);

    /** This member leads from now on, or no longer; everything committed before has been applied. */
    void onLeadership(boolean isLeading);
}
