package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The metas of one peer. Any of them takes any request; one that does not answer is followed by the next. */
final class PeerMetas {
    private final DatacenterId peer;
    private final List<Endpoint> endpoints;
    private final FederationPorts ports;
    private final FederationSettings settings;
    private int next;
    private String trouble = "";

    PeerMetas(DatacenterId peer, FederationPorts ports, FederationSettings settings) {
        this.peer = peer;
        this.endpoints = List.copyOf(ports.peers().getOrDefault(peer, List.of()));
        this.ports = ports;
        this.settings = settings;
    }

    DatacenterId peer() {
        return peer;
    }

    /** How many there are. */
    int count() {
        return endpoints.size();
    }

    /** Why the last call failed; empty when it did not. */
    String trouble() {
        return trouble;
    }

    /** Asks one of them; the answer comes on the loop, null with the reason when there is none. */
    <R> void call(Request<R> request, BiConsumer<@Nullable R, String> onAnswer) {
        call(request, settings.callTimeout(), onAnswer);
    }

    /** The same with another time for the answer. */
    <R> void call(Request<R> request, Duration within, BiConsumer<@Nullable R, String> onAnswer) {
        int asked = next;
        ports.client()
                .call(endpoints.get(asked), request, within)
                .whenComplete((answer, failure) -> ports.loop().execute(() -> {
                    trouble = failure == null ? "" : PeerException.line(failure);
                    if (failure != null && asked == next) {
                        next = (next + 1) % endpoints.size();
                    }
                    onAnswer.accept(answer, trouble);
                }));
    }
}
