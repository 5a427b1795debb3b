package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.concurrent.CompletableFuture;

/** How servers are asked. Port; a future that is cancelled lets go of its connection. Any thread. */
interface ResolverServers extends AutoCloseable {
    /** Fails when the server cannot be reached, does not answer in time, or answers something else. */
    CompletableFuture<PollReply> poll(Endpoint server, PollQuestion question);

    /** Fails likewise. */
    CompletableFuture<ServerList> servers(Endpoint server);

    @Override
    void close();
}
