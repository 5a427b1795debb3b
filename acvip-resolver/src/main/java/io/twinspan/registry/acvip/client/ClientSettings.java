package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client is told.
 *
 * @param servers HTTP ports of sessions or resolvers, the nearest first; more are learned from them
 * @param place where the client stands
 * @param folder where answers are kept; empty keeps none
 */
public record ClientSettings(List<Endpoint> servers, ClientPlace place, Optional<Path> folder, ClientLimits limits) {
    /** Copies the list; refuses an empty one. */
    public ClientSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("name at least one resolver server, HOST:HTTP_PORT");
        }
        if (servers.size() > limits.mostServers()) {
            throw new IllegalArgumentException(
                    "name at most " + limits.mostServers() + " resolver servers; the others are learned");
        }
    }

    /** A client of these servers, {@code host:port}, that keeps nothing on disk. */
    public static ClientSettings of(String... servers) {
        return new ClientSettings(
                Stream.of(servers).map(Endpoint::parse).toList(),
                ClientPlace.UNKNOWN,
                Optional.empty(),
                ClientLimits.standard());
    }

    /** The same that stands somewhere. */
    public ClientSettings at(ClientPlace where) {
        return new ClientSettings(servers, where, folder, limits);
    }

    /** The same that keeps its answers in a folder of its own. */
    public ClientSettings keptIn(Path where) {
        return new ClientSettings(servers, place, Optional.of(where), limits);
    }

    /** The same with other bounds. */
    public ClientSettings within(ClientLimits other) {
        return new ClientSettings(servers, place, folder, other);
    }
}
