package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;

/**
 * The resolver servers of one datacenter.
 *
 * @param duty as the server said it, for people
 */
public record DatacenterServers(String datacenter, String duty, List<Endpoint> resolvers) {
    /** Copies the list. */
    public DatacenterServers {
        resolvers = List.copyOf(resolvers);
    }
}
