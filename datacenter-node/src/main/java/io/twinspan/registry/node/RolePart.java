package io.twinspan.registry.node;

import io.twinspan.registry.node.http.RoleRoutes;
import io.twinspan.registry.node.metrics.MeterSource;
import java.util.List;

/** One enabled role with its adapters, as the node starts and stops it. */
interface RolePart extends AutoCloseable {
    /** Opens the role's ports and starts it; HTTP opens later, for all roles at once. */
    void start();

    /** The role's paths. */
    RoleRoutes routes();

    /** What the role and its adapters count. */
    List<MeterSource> meters();

    /** Stops the role and closes its ports. */
    @Override
    void close();
}
