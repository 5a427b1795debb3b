package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.message.WatcherState;
import io.twinspan.registry.message.Watchers;
import io.twinspan.registry.node.session.Backoff;
import io.twinspan.registry.node.session.ClientConnection;
import io.twinspan.registry.node.session.ConfigPush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pushes provided configuration to watchers: what is known at registration, even if that is nothing, and every change; one push
 * in flight for each service of a connection.
 *
 * <p>A client takes a value only under a higher number than the one it has, and then keeps that number. So the number is made
 * from the operator's version alone, which is the same on every session and in every datacenter: twice the version, and one more
 * when the value was removed. A removal is thereby above the value it removes and below every later put, also where it was
 * removed under the value's own version; and "nothing is known" is 0, which no value has to beat.
 */
public final class ConfigPusher {
    /** Time between two looks for watchers that lag. */
    public static final Duration COMPARE_EVERY = Duration.ofSeconds(30);

    private static final long UNKNOWN = 0;
    private static final long NEVER_PUSHED = -1;

    private final PushContext context;
    private final Backoff backoff;
    private final Map<DataInfoId, ProvidedValue> values = new HashMap<>();
    private final Map<DataInfoId, Map<Long, Lane>> lanes = new HashMap<>();
    private int watchers;

    /** Nothing is known and nobody watches. */
    public ConfigPusher(PushContext context, PushSettings settings) {
        this.context = context;
        this.backoff = context.backoff(settings);
    }

    /** A watcher arrived, perhaps again. */
    public void watch(ClientConnection connection, DataInfoId id, String registId) {
        Lane lane = lanes.computeIfAbsent(id, each -> new LinkedHashMap<>())
                .computeIfAbsent(connection.number(), number -> new Lane(connection, id));
        if (lane.pushed.put(registId, NEVER_PUSHED) == null) {
            watchers++;
        }
        lane.flush();
    }

    /** The ids of a connection's watchers of a service. */
    public List<String> watchers(long connection, DataInfoId id) {
        Lane lane = lanes.getOrDefault(id, Map.of()).get(connection);
        return lane == null ? List.of() : List.copyOf(lane.pushed.keySet());
    }

    /** True when there was such a watcher. */
    public boolean unwatch(long connection, DataInfoId id, String registId) {
        Map<Long, Lane> ofService = lanes.getOrDefault(id, Map.of());
        Lane lane = ofService.get(connection);
        if (lane == null || lane.pushed.remove(registId) == null) {
            return false;
        }
        lane.acknowledged.remove(registId);
        watchers--;
        if (lane.pushed.isEmpty()) {
            forget(id, connection);
        }
        return true;
    }

    /** The connection is gone, and with it the watchers of these services. */
    public void close(long connection, Iterable<DataInfoId> ids) {
        for (DataInfoId id : ids) {
            Lane lane = lanes.getOrDefault(id, Map.of()).get(connection);
            if (lane != null) {
                watchers -= lane.pushed.size();
                lane.pushed.clear();
                forget(id, connection);
            }
        }
    }

    /** A value that meta holds now; one older than what is known changes nothing. */
    public void onValue(ProvidedValue value) {
        ProvidedValue known = values.get(value.id());
        if (known != null && number(known) >= number(value)) {
            return;
        }
        values.put(value.id(), value);
        List.copyOf(lanes.getOrDefault(value.id(), Map.of()).values()).forEach(Lane::flush);
    }

    /** What the watchers of a value have acknowledged, at most {@link Watchers#MOST} of them. */
    public List<WatcherState> states(DataInfoId id) {
        return lanes.getOrDefault(id, Map.of()).values().stream()
                .flatMap(Lane::states)
                .limit(Watchers.MOST)
                .toList();
    }

    /**
     * Compares what each watcher has acknowledged with what is known, and pushes again to those who lag and are not being pushed to.
     * The pushes themselves are repeated until they are taken; this finds what nobody thought of.
     */
    public void pushToLaggards() {
        for (Map<Long, Lane> ofService : List.copyOf(lanes.values())) {
            List.copyOf(ofService.values()).forEach(Lane::pushToLaggards);
        }
    }

    /** Number of watchers. */
    public int count() {
        return watchers;
    }

    private void forget(DataInfoId id, long connection) {
        Map<Long, Lane> ofService = lanes.get(id);
        if (ofService != null) {
            ofService.remove(connection);
            if (ofService.isEmpty()) {
                lanes.remove(id);
            }
        }
    }

    static long number(@Nullable ProvidedValue value) {
        if (value == null) {
            return UNKNOWN;
        }
        long version = Math.max(0, Math.min(value.version(), Long.MAX_VALUE / 2));
        return 2 * version + (value.data() == null ? 1 : 0);
    }

    private final class Lane {
        private final ClientConnection connection;
        private final DataInfoId id;
        private final Map<String, Long> pushed = new LinkedHashMap<>();
        private final Map<String, Long> acknowledged = new HashMap<>();
        private boolean isBusy;
        private int failures;

        Lane(ClientConnection connection, DataInfoId id) {
            this.connection = connection;
            this.id = id;
        }

        Stream<WatcherState> states() {
            return pushed.keySet().stream()
                    .map(registId -> new WatcherState(
                            connection.remoteAddress(), registId, acknowledged.getOrDefault(registId, UNKNOWN) / 2));
        }

        void pushToLaggards() {
            long number = number(values.get(id));
            if (isBusy) {
                return;
            }
            pushed.replaceAll((registId, has) -> {
                boolean lags = has != NEVER_PUSHED && acknowledged.getOrDefault(registId, NEVER_PUSHED) < number;
                if (lags) {
                    context.metrics().configRepeated.increment();
                }
                return lags ? NEVER_PUSHED : has;
            });
            flush();
        }

        void flush() {
            ProvidedValue value = values.get(id);
            long number = number(value);
            List<String> behind = new ArrayList<>(1);
            pushed.forEach((registId, has) -> {
                if (has < number) {
                    behind.add(registId);
                }
            });
            if (isBusy || behind.isEmpty()) {
                return;
            }
            isBusy = true;
            behind.forEach(registId -> pushed.put(registId, number));
            context.metrics().configSent.increment();
            deliver(new ConfigPush(id, List.copyOf(behind), number, value == null ? null : value.data()))
                    .whenComplete((isTaken, failure) ->
                            context.loop().execute(() -> onAnswered(behind, number, failure == null && isTaken)));
        }

        private CompletionStage<Boolean> deliver(ConfigPush push) {
            try {
                return connection.pushConfig(push);
            } catch (RuntimeException failure) {
                return CompletableFuture.failedFuture(failure);
            }
        }

        private void onAnswered(List<String> registIds, long number, boolean isTaken) {
            if (isTaken) {
                registIds.stream()
                        .filter(pushed::containsKey)
                        .forEach(registId -> acknowledged.merge(registId, number, Math::max));
                isBusy = false;
                failures = 0;
                flush();
                return;
            }
            context.metrics().configFailed.increment();
            registIds.forEach(registId -> pushed.computeIfPresent(registId, (id, has) -> NEVER_PUSHED));
            failures++;
            context.loop().schedule(backoff.pause(failures), () -> {
                isBusy = false;
                flush();
            });
        }
    }
}
