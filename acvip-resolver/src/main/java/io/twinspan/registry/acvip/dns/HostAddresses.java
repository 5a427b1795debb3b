package io.twinspan.registry.acvip.dns;

import io.twinspan.registry.runtime.EventLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Looks hosts up by the system's own means, remembers a bounded number of them for a while, and looks none up twice at once. */
public final class HostAddresses implements HostLookup {
    private static final int MOST_HOSTS = 1_000;
    private static final Duration KEEP = Duration.ofSeconds(30);

    private record Known(CompletableFuture<List<InetAddress>> addresses, long sinceNanos) {}

    private final EventLoop loop;
    private final Executor lookups;
    private final Map<String, Known> known = new LinkedHashMap<>();

    /**
     * @param loop on which it is remembered
     * @param lookups on whose threads names are looked up, which may take seconds; may refuse
     */
    public HostAddresses(EventLoop loop, Executor lookups) {
        this.loop = loop;
        this.lookups = lookups;
    }

    @Override
    public CompletionStage<List<InetAddress>> find(String host) {
        return CompletableFuture.supplyAsync(() -> remembered(host), loop).thenCompose(found -> found);
    }

    private CompletableFuture<List<InetAddress>> remembered(String host) {
        Known before = known.get(host);
        if (before != null && loop.nanos() - before.sinceNanos() < KEEP.toNanos()) {
            return before.addresses();
        }
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        known.remove(host);
        if (known.size() >= MOST_HOSTS) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(host, new Known(found, loop.nanos()));
        try {
            lookups.execute(() -> found.complete(lookUp(host)));
        } catch (RejectedExecutionException tooMany) {
            known.remove(host);
            found.complete(List.of());
        }
        return found;
    }

    private static List<InetAddress> lookUp(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }
}
