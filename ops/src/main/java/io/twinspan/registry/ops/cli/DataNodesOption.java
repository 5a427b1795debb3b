package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.ops.client.RoleNodes;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that talk to all data nodes of a datacenter, which a meta names. */
final class DataNodesOption {
    @Mixin
    private MetaOption meta = new MetaOption();

    @Option(
            names = "--data-port",
            paramLabel = "HTTP_PORT",
            description = "HTTP port of the data nodes; default 9622, moved as far as the meta's port is from 9615")
    private int dataPort;

    RoleNodes dataNodes() {
        return new RoleNodes(meta.server(), NodeRole.DATA, dataPort);
    }
}
