package io.twinspan.registry.ops.rolling;

/**
 * How a node is.
 *
 * @param life differs from one start of the process to the next; empty while it does not answer
 * @param isMetaLeader true when its meta leads the group
 * @param problem empty when all of its roles are well
 */
record NodeSight(String life, boolean isMetaLeader, String problem) {
    boolean isWell() {
        return problem.isEmpty();
    }
}
