package io.twinspan.registry.runtime;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.Request;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Calls a role of this or another process. Port; in memory within a process, over Bolt between processes. */
public interface PeerClient {
    /**
     * Sends a request. Calls of one {@link Request#lane} to one endpoint are handed over in the order given, but may be answered in
     * any.
     *
     * @param timeout after which the stage fails; the request may still have been carried out
     * @return fails with {@link PeerException} when the peer cannot be reached, does not answer in time, or failed
     */
    <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout);
}
