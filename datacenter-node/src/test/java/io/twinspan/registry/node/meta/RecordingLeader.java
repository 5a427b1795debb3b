package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Another meta: remembers what it is asked, and gives the one answer it was given, or fails while it has none. */
final class RecordingLeader implements PeerClient {
    static final Endpoint RAFT = new Endpoint("127.0.0.2", 9614);

    final List<Request<?>> asked = new ArrayList<>();

    @Nullable
    Object answer;

    @Override
    @SuppressWarnings("unchecked") // the test knows what it asks
    public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
        asked.add(request);
        Object given = answer;
        return given == null
                ? CompletableFuture.failedFuture(new PeerException(to + " cannot be reached"))
                : CompletableFuture.completedFuture((R) given);
    }
}
