package io.twinspan.registry.message;

/**
 * What one role asks of another.
 *
 * @param <R> the answer
 */
public interface Request<R> {
    /**
     * Requests of one lane to one endpoint arrive in the order in which they were sent; those of different lanes may overtake each
     * other, for each may have a connection of its own. A request whose meaning depends on an earlier one shares its lane.
     */
    default int lane() {
        return Lanes.ORDINARY;
    }
}
