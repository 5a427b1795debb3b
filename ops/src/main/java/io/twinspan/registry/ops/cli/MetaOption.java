package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.DataNodes;
import picocli.CommandLine.Option;

/** The options of commands that talk to all data nodes of a datacenter. */
final class MetaOption {
    private static final String EAST = "127.0.0.1:9615";

    @Option(
            names = "--server",
            paramLabel = "HOST:HTTP_PORT",
            defaultValue = EAST,
            converter = ServerOption.EndpointConverter.class,
            description =
                    "HTTP port of any meta, which names the data nodes; default ${DEFAULT-VALUE}, the demo's east (its"
                            + " west: 127.0.0.1:10615)")
    private Endpoint server = Endpoint.parse(EAST);

    @Option(
            names = "--data-port",
            paramLabel = "HTTP_PORT",
            description = "HTTP port of the data nodes; default 9622, moved as far as the meta's port is from 9615")
    private int dataPort;

    DataNodes dataNodes() {
        return new DataNodes(server, dataPort);
    }
}
