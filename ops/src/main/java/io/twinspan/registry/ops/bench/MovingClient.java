package io.twinspan.registry.ops.bench;

import com.alipay.remoting.Connection;
import io.twinspan.registry.datacenter.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One client as official ones behave: it asks for its list of sessions every 30 s, and leaves a connection only when that ends. Then, at
 * its next look within 500 ms, it tries its list in a random order, waits up to 5 s after each that does not take it, and 5 s after
 * the last; connected, it registers everything again, one after the other. Its state is guarded by itself.
 */
final class MovingClient {
    static final Duration REFRESH = Duration.ofSeconds(30);

    private static final Duration RECHECK = Duration.ofMillis(500);
    private static final Duration BETWEEN = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final int index;
    private final MovingCrowd crowd;
    private final Random chance;
    private List<Endpoint> list = List.of();
    private @Nullable Connection connection;
    private long lostNanos;
    private boolean isRegistered;
    private boolean wasLost;

    MovingClient(int index, MovingCrowd crowd, Random chance) {
        this.index = index;
        this.crowd = crowd;
        this.chance = chance;
    }

    /** Asks for its list and connects, and goes on by itself. */
    void start() {
        refresh();
        connect();
        crowd.later(upTo(REFRESH), this::refreshAgain);
    }

    synchronized boolean isRegistered() {
        return isRegistered;
    }

    /** Its connection has ended, if this is its connection. */
    synchronized void onClosed(Connection closed) {
        if (closed == connection) {
            connection = null;
            if (isRegistered || !wasLost) {
                lostNanos = System.nanoTime();
            }
            wasLost = true;
            isRegistered = false;
            crowd.later(upTo(RECHECK), this::connect);
        }
    }

    private void refreshAgain() {
        refresh();
        crowd.later(REFRESH, this::refreshAgain);
    }

    private void refresh() {
        Optional<List<Endpoint>> asked = crowd.list(index);
        synchronized (this) {
            asked.ifPresent(answer -> list = answer);
        }
    }

    private void connect() {
        List<Endpoint> round;
        synchronized (this) {
            round = new ArrayList<>(list);
            Collections.shuffle(round, chance);
        }
        tryNext(round);
    }

    private void tryNext(List<Endpoint> left) {
        if (left.isEmpty()) {
            crowd.later(BETWEEN, this::connect);
            return;
        }
        Optional<Connection> made = crowd.client().tryConnect(left.get(0));
        if (made.isPresent()) {
            onConnected(made.get());
        } else {
            crowd.later(upTo(BETWEEN), () -> tryNext(left.subList(1, left.size())));
        }
    }

    private void onConnected(Connection made) {
        crowd.onConnected(index, made, this);
        synchronized (this) {
            connection = made;
            if (wasLost) {
                crowd.tally().onConnectedAgain(System.nanoTime() - lostNanos);
            }
        }
        if (made.isFine()) {
            register(made, 0);
        } else {
            onClosed(made);
        }
    }

    /** The next one when this one is answered; on Bolt's threads, after the first. */
    private void register(Connection to, int k) {
        if (k == crowd.services().registrationsEach()) {
            onRegistered(to);
            return;
        }
        crowd.send(to, index, k).whenComplete((answer, failure) -> {
            if (failure == null) {
                register(to, k + 1);
            } else if (to.isFine()) {
                crowd.tally().onRefused();
                crowd.later(RETRY, () -> register(to, k));
            }
        });
    }

    private synchronized void onRegistered(Connection to) {
        if (to == connection) {
            isRegistered = true;
            if (wasLost) {
                crowd.tally().onRegisteredAgain(System.nanoTime() - lostNanos);
            }
            wasLost = false;
        }
    }

    private Duration upTo(Duration most) {
        return Duration.ofMillis(chance.nextInt((int) most.toMillis() + 1));
    }
}
