package io.twinspan.registry.acvip.health;

import io.twinspan.registry.acvip.HealthCheck;
import io.twinspan.registry.acvip.Vip;
import io.twinspan.registry.acvip.VipEndpoint;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.runtime.EventLoop;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has every endpoint of every checked Vip looked at in its time, a bounded number at once. Belongs to its event loop.
 */
public final class HealthBoard {
    private record Key(String domain, Endpoint address) {}

    private static final HealthState UNCHECKED = new HealthState(true, 0, "not checked");
    private static final HealthState TOO_MANY = new HealthState(true, 0, "not checked: too many endpoints are");

    private final EventLoop loop;
    private final Probe probe;
    private final HealthSettings settings;
    private final Consumer<String> onChange;
    private final Map<Key, Target> targets = new HashMap<>();
    private final Deque<Target> waiting = new ArrayDeque<>();
    private int underWay;

    /** @param onChange told of each domain of which an endpoint has changed */
    public HealthBoard(EventLoop loop, Probe probe, HealthSettings settings, Consumer<String> onChange) {
        this.loop = loop;
        this.probe = probe;
        this.settings = settings;
        this.onChange = onChange;
    }

    /** From now on these are looked at and no others. What is checked as before keeps what is known of it. */
    public void watch(Collection<Vip> vips) {
        Set<Key> wanted = new HashSet<>();
        for (Vip vip : vips) {
            if (vip.check().kind() == HealthCheck.Kind.NONE) {
                continue;
            }
            for (VipEndpoint endpoint : vip.endpoints()) {
                if (wanted.size() < settings.mostEndpoints()) {
                    Key key = new Key(vip.domain(), endpoint.address());
                    wanted.add(key);
                    watch(key, vip.check());
                }
            }
        }
        targets.entrySet().removeIf(each -> {
            boolean isGone = !wanted.contains(each.getKey());
            if (isGone) {
                each.getValue().stop();
            }
            return isGone;
        });
    }

    /** What is held of an endpoint. */
    public HealthState find(Vip vip, Endpoint address) {
        if (vip.check().kind() == HealthCheck.Kind.NONE) {
            return UNCHECKED;
        }
        Target target = targets.get(new Key(vip.domain(), address));
        return target == null ? TOO_MANY : target.state;
    }

    /** Endpoints that are looked at. */
    public int count() {
        return targets.size();
    }

    private void watch(Key key, HealthCheck check) {
        Target before = targets.get(key);
        if (before != null && before.check.equals(check)) {
            return;
        }
        if (before != null) {
            before.stop();
        }
        Target target = new Target(key, check);
        targets.put(key, target);
        target.due();
    }

    private void next() {
        while (underWay < settings.mostAtOnce() && !waiting.isEmpty()) {
            waiting.removeFirst().look();
        }
    }

    /** One endpoint of one Vip; never looked at twice at once, so it waits at most once. */
    private final class Target {
        private final Key key;
        private final HealthCheck check;
        private HealthState state = HealthState.NEW;
        private EventLoop.@Nullable Timer timer;
        private boolean isStopped;

        Target(Key key, HealthCheck check) {
            this.key = key;
            this.check = check;
        }

        void due() {
            waiting.addLast(this);
            next();
        }

        void stop() {
            isStopped = true;
            waiting.remove(this);
            if (timer != null) {
                timer.cancel();
            }
        }

        void look() {
            underWay++;
            probe.look(key.address(), check)
                    .whenComplete((result, failure) -> loop.execute(() -> {
                        underWay--;
                        on(result != null ? result : ProbeResult.failed(String.valueOf(failure)));
                        next();
                    }));
        }

        private void on(ProbeResult result) {
            if (isStopped) {
                return;
            }
            boolean before = state.isHealthy();
            state = state.on(result, check);
            timer = loop.schedule(check.interval(), this::due);
            if (before != state.isHealthy()) {
                onChange.accept(key.domain());
            }
        }
    }
}
