package io.twinspan.registry.node.session.http;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How long ago each datacenter stood behind its addresses: asked once for all who read a service at the moment, because each question
 * is a call to the leader of its slot. Belongs to the event loop.
 */
final class SharedAges {
    private static final class Asked {
        private final List<Consumer<Map<DatacenterId, Duration>>> waiting = new ArrayList<>();
        private @Nullable Map<DatacenterId, Duration> ages;
    }

    private final EventLoop loop;
    private final Function<DataInfoId, CompletionStage<Map<DatacenterId, Duration>>> question;
    private final Duration goodFor;
    private final Map<DataInfoId, Asked> asked = new HashMap<>();

    SharedAges(HttpReaders.Ports ports, Duration goodFor) {
        this.loop = ports.loop();
        this.question = ports.ages();
        this.goodFor = goodFor;
    }

    /**
     * Tells the ages, now or when they are known; none when nobody answers.
     *
     * @param needed an answer from before, in which one of these is missing, is not good enough: it may have come to be known since
     */
    void tell(DataInfoId service, Set<DatacenterId> needed, Consumer<Map<DatacenterId, Duration>> then) {
        Asked known = asked.get(service);
        if (known == null || (known.ages != null && !known.ages.keySet().containsAll(needed))) {
            known = ask(service);
        }
        if (known.ages == null) {
            known.waiting.add(then);
        } else {
            then.accept(known.ages);
        }
    }

    private Asked ask(DataInfoId service) {
        Asked now = new Asked();
        asked.put(service, now);
        question.apply(service)
                .whenComplete((ages, failure) ->
                        loop.execute(() -> onAnswer(service, now, ages == null ? Map.of() : Map.copyOf(ages))));
        return now;
    }

    private void onAnswer(DataInfoId service, Asked now, Map<DatacenterId, Duration> ages) {
        now.ages = ages;
        loop.schedule(goodFor, () -> asked.remove(service, now));
        now.waiting.forEach(each -> each.accept(ages));
        now.waiting.clear();
    }
}
