package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.session.Backoff;
import io.twinspan.registry.node.session.ClientConnection;
import io.twinspan.registry.node.session.ConfigPush;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
        private boolean isBusy;
        private int failures;

        Lane(ClientConnection connection, DataInfoId id) {
            this.connection = connection;
            this.id = id;
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
                            context.loop().execute(() -> onAnswered(behind, failure == null && isTaken)));
        }

        private CompletionStage<Boolean> deliver(ConfigPush push) {
            try {
                return connection.pushConfig(push);
            } catch (RuntimeException failure) {
                return CompletableFuture.failedFuture(failure);
            }
        }

        private void onAnswered(List<String> registIds, boolean isTaken) {
            if (isTaken) {
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
