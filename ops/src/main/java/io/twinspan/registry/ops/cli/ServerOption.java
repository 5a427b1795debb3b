package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of commands that talk to one session. */
final class ServerOption {
    static final String EAST = "127.0.0.1:9603";

    @Option(
            names = "--server",
            paramLabel = "HOST:HTTP_PORT",
            defaultValue = EAST,
            converter = EndpointConverter.class,
            description =
                    "HTTP port of any session; default ${DEFAULT-VALUE}, the demo's east (its west: 127.0.0.1:10603)")
    private Endpoint server = Endpoint.parse(EAST);

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            defaultValue = DataInfoId.DEFAULT_GROUP,
            description = "group of the service; default ${DEFAULT-VALUE}, SOFA-RPC uses SOFA")
    private String group = DataInfoId.DEFAULT_GROUP;

    Endpoint server() {
        return server;
    }

    DataInfoId service(String dataId) {
        return new DataInfoId(dataId, DataInfoId.DEFAULT_INSTANCE_ID, group);
    }

    /** Reads HOST:PORT. */
    static final class EndpointConverter implements ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String text) {
            try {
                return Endpoint.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }
}
