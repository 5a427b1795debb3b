package io.twinspan.registry.ops.bench;

import com.alipay.remoting.Connection;
import com.alipay.sofa.registry.core.model.ReceivedData;
import com.alipay.sofa.registry.core.model.RegisterResponse;
import io.twinspan.registry.datacenter.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Many clients with the official protocol, each with publishers and subscriptions of its own, that follow their lists of sessions as
 * official ones do, and a record of every list that any of them shows. All publishers live as long as the crowd.
 */
final class MovingCrowd implements AutoCloseable {
    private static final int THREADS = 8;
    private static final Duration BETWEEN_STARTS = Duration.ofMillis(2);

    private final CrowdServices services;
    private final IntFunction<Optional<List<Endpoint>>> lists;
    private final InstantSource clock;
    private final CrowdTally tally = new CrowdTally();
    private final RawClient client = new RawClient(this::onPush, this::onClosed);
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, task -> {
        Thread thread = new Thread(task, "bench-clients");
        thread.setDaemon(true);
        return thread;
    });
    private final List<ShownService> shown = new ArrayList<>();
    private final List<MovingClient> clients = new ArrayList<>();
    private final Map<Connection, MovingClient> owners = new ConcurrentHashMap<>();
    private volatile @Nullable RuntimeException broken;

    /**
     * Connects nobody yet.
     *
     * @param lists the list of sessions of a client; empty when nobody answers
     * @param chance the same seed lets clients wait and choose alike
     */
    MovingCrowd(
            CrowdServices services, IntFunction<Optional<List<Endpoint>>> lists, InstantSource clock, Random chance) {
        this.services = services;
        this.lists = lists;
        this.clock = clock;
        for (int i = 0; i < services.clients(); i++) {
            clients.add(new MovingClient(i, this, new Random(chance.nextLong())));
            for (int k = 0; k < services.subscriptionsEach(); k++) {
                shown.add(new ShownService(services.publishersOf(services.subscribed(i, k))));
            }
        }
    }

    /** Connects all, one soon after the other, and returns at once. */
    MovingCrowd start() {
        for (int i = 0; i < clients.size(); i++) {
            later(BETWEEN_STARTS.multipliedBy(i), clients.get(i)::start);
        }
        return this;
    }

    /** True when every client has registered everything by the connection it has, and shows every publisher. */
    boolean isComplete() {
        RuntimeException unexpected = broken;
        if (unexpected != null) {
            throw new BenchException("a client has failed: " + unexpected, unexpected);
        }
        return registered() == clients.size() && complete() == shown.size();
    }

    /** Clients that have registered everything. */
    int registered() {
        return (int) clients.stream().filter(MovingClient::isRegistered).count();
    }

    /** Subscriptions whose list is whole, and was pushed by the session that the client has now. */
    int complete() {
        return (int) shown.stream().filter(ShownService::isComplete).count();
    }

    CrowdTally tally() {
        return tally;
    }

    CrowdServices services() {
        return services;
    }

    RawClient client() {
        return client;
    }

    Optional<List<Endpoint>> list(int index) {
        return lists.apply(index);
    }

    CompletableFuture<RegisterResponse> send(Connection to, int index, int k) {
        return client.register(to, services.registration(index, k, clock.millis()));
    }

    void onConnected(int index, Connection made, MovingClient owner) {
        for (int k = 0; k < services.subscriptionsEach(); k++) {
            shown.get(index * services.subscriptionsEach() + k).onConnected();
        }
        owners.put(made, owner);
    }

    void later(Duration wait, Runnable task) {
        try {
            threads.schedule(() -> run(task), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // The crowd is being closed, and nobody has to go on.
            return;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        owners.clear();
        client.close();
    }

    // The edge of these threads: what escaped one would end what that client does without a word.
    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException unexpected) {
            broken = unexpected;
        }
    }

    private void onClosed(Connection connection) {
        MovingClient owner = owners.remove(connection);
        if (owner != null) {
            owner.onClosed(connection);
        }
    }

    private void onPush(ReceivedData push) {
        long publishers = services.publishersIn(push);
        for (String registration : push.getSubscriberRegistIds()) {
            int subscription = services.subscription(registration);
            long missing = shown.get(subscription).onPush(push.getSegment(), push.getVersion(), publishers);
            tally.onList(missing, text(push, subscription, missing));
        }
    }

    private static String text(ReceivedData push, int subscription, long missing) {
        return missing == 0
                ? ""
                : "subscription " + subscription + " of " + push.getDataId() + ", scope " + push.getScope()
                        + ": after segment " + push.getSegment() + " version " + push.getVersion() + " without "
                        + Long.bitCount(missing);
    }
}
