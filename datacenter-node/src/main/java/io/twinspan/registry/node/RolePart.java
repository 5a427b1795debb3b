package io.twinspan.registry.node;

import io.twinspan.registry.node.http.RoleRoutes;

/** One enabled role with its adapters, as the node starts and stops it. */
interface RolePart extends AutoCloseable {
    /** Opens the role's ports and starts it; HTTP opens later, for all roles at once. */
    void start();

    /** The role's paths. */
    RoleRoutes routes();

    /** Stops the role and closes its ports. */
    @Override
    void close();
}
