package io.twinspan.registry.it.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** Everything that happened at the clients' side of one run, written by any thread. */
public final class ClusterRecord {
    private final LongSupplier clock;
    private final Map<String, ProviderLife> providers = new ConcurrentHashMap<>();
    private final Map<ShownLine, List<Showing>> showings = new ConcurrentHashMap<>();
    private final Map<String, String> interned = new ConcurrentHashMap<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    /** @param clock monotonic, in nanoseconds */
    public ClusterRecord(LongSupplier clock) {
        this.clock = clock;
    }

    /** A record on this process's monotonic clock, counted from now. */
    public static ClusterRecord fromNow() {
        long origin = System.nanoTime();
        return new ClusterRecord(() -> System.nanoTime() - origin);
    }

    /** The time, in nanoseconds. */
    public long now() {
        return clock.getAsLong();
    }

    /** Names a client's interest, so that it counts also while it is shown nothing. */
    public void subscribed(ShownLine line) {
        showings.computeIfAbsent(line, added -> new ArrayList<>());
    }

    /** The client shows these addresses now. Calls for one line come in the order of what the client shows. */
    public void shown(ShownLine line, List<String> addresses) {
        List<String> shared = addresses.stream()
                .map(address -> interned.computeIfAbsent(address, same -> same))
                .toList();
        List<Showing> all = showings.computeIfAbsent(line, added -> new ArrayList<>());
        synchronized (all) {
            all.add(new Showing(now(), shared));
        }
    }

    /** The registry has acknowledged an address; only the first time counts. */
    public void acknowledged(String service, String address) {
        providers.putIfAbsent(key(service, address), new ProviderLife(service, address, now(), ProviderLife.NEVER));
    }

    /** An application is about to ask for the removal of an address. */
    public void takingBack(String service, String address) {
        long at = now();
        providers.computeIfPresent(key(service, address), (same, life) -> life.takenBackAt(at));
    }

    /** The registry said no to a request that is in order. */
    public void refused(String what) {
        refusals.add(what);
    }

    /** What was refused so far. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** All addresses ever acknowledged, by service. */
    Map<String, List<ProviderLife>> providersByService() {
        Map<String, List<ProviderLife>> byService = new HashMap<>();
        providers
                .values()
                .forEach(life -> byService
                        .computeIfAbsent(life.service(), added -> new ArrayList<>())
                        .add(life));
        return byService;
    }

    /** All lists ever shown, in order. */
    Map<ShownLine, List<Showing>> showings() {
        Map<ShownLine, List<Showing>> copy = new HashMap<>();
        showings.forEach((line, all) -> {
            synchronized (all) {
                copy.put(line, List.copyOf(all));
            }
        });
        return copy;
    }

    /** How many lists were shown to all clients together. */
    public int size() {
        return showings().values().stream().mapToInt(List::size).sum();
    }

    private static String key(String service, String address) {
        return service + "\n" + address;
    }
}
