package io.twinspan.registry.node.resolver;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Asks metas for provided configuration on a node that is no member of its datacenter. Belongs to its event loop. */
public final class ProvidedWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final long MOST_BYTES = 4 << 20;

    private final List<Endpoint> metas;
    private final EventLoop loop;
    private final PeerClient peers;
    private final Consumer<ProvidedChanges> listener;
    private int asked;
    private FetchProvided question = FetchProvided.inParts(MOST_BYTES);
    private boolean isClosed;

    /** @param metas any of which is asked, the next one when it does not answer */
    public ProvidedWatch(List<Endpoint> metas, EventLoop loop, PeerClient peers, Consumer<ProvidedChanges> listener) {
        this.metas = List.copyOf(metas);
        this.loop = loop;
        this.peers = peers;
        this.listener = listener;
    }

    /** Asks from now on. */
    public void start() {
        loop.execute(this::ask);
    }

    @Override
    public void close() {
        loop.execute(() -> isClosed = true);
    }

    private void ask() {
        if (isClosed) {
            return;
        }
        peers.call(metas.get(asked), question, WITHIN)
                .whenComplete((changes, failure) -> loop.execute(() -> {
                    if (changes == null) {
                        asked = (asked + 1) % metas.size();
                    } else if (changes.revision() > question.sinceRevision()) {
                        question = question.after(changes);
                        listener.accept(changes);
                    }
                    boolean isMore = changes != null && changes.isMore();
                    loop.schedule(isMore ? Duration.ZERO : EVERY, this::ask);
                }));
    }
}
