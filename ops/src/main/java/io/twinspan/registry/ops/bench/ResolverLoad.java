package io.twinspan.registry.ops.bench;

import java.nio.file.Path;

/**
 * What an agent is asked.
 *
 * @param requests one after the other on one connection
 * @param changes of the domain, each while a long poll waits
 * @param port where the agent answers
 * @param folder of the agent, new or empty
 */
public record ResolverLoad(int requests, int changes, int port, Path folder) {
    /** Refuses loads that show nothing, or would not end. */
    public ResolverLoad {
        Limits.check("--requests", requests, 100, 10_000_000);
        Limits.check("--changes", changes, 10, 100_000);
        Limits.check("--port", port, 1, 65_535);
        Limits.checkUnused(folder);
    }
}
