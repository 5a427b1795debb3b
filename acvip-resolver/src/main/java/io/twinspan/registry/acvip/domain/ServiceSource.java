package io.twinspan.registry.acvip.domain;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Port: what a subscriber on this node is shown of services. Belongs to the resolver's event loop. */
public interface ServiceSource {
    /**
     * Makes sure that the service is watched. The stage completes on the loop once {@link #current} says all there is to say, or when
     * it is clear that it will not soon; it does not fail.
     *
     * @param needed how long somebody will wait for it to change
     */
    CompletionStage<Void> watch(DataInfoId service, Scope scope, Duration needed);

    /** The addresses as they are shown now; null while they are not known. Whoever asks goes on watching. */
    @Nullable
    List<Candidate> current(DataInfoId service, Scope scope);

    /** How long ago each datacenter stood behind its addresses. The stage completes on any thread and does not fail. */
    CompletionStage<AnswerAges> ages(DataInfoId service, Scope scope);

    /** Names who is told, on the loop, of each service that is shown otherwise. */
    void onChange(BiConsumer<DataInfoId, Scope> listener);
}
