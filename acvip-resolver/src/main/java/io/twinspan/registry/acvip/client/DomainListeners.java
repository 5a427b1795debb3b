package io.twinspan.registry.acvip.client;

import io.twinspan.registry.runtime.EventLoop;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Who is told of changes. They are told on a loop of their own, so that one that takes its time delays others that listen, but no
 * answer; of several changes meanwhile it is told the newest. Any thread.
 */
final class DomainListeners {
    private final EventLoop loop;
    private final Function<String, Resolution> current;
    private final Map<String, CopyOnWriteArrayList<Listening>> all = new ConcurrentHashMap<>();

    DomainListeners(EventLoop loop, Function<String, Resolution> current) {
        this.loop = loop;
        this.current = current;
    }

    /** Tells of what there is now, then of changes. */
    AutoCloseable add(String domain, Consumer<Resolution> observer) {
        Listening listening = new Listening(domain, observer);
        all.computeIfAbsent(domain, name -> new CopyOnWriteArrayList<>()).add(listening);
        listening.tell();
        return () -> {
            listening.isOver = true;
            all.computeIfPresent(domain, (name, list) -> {
                list.remove(listening);
                return list.isEmpty() ? null : list;
            });
        };
    }

    void onChanged(Set<String> domains) {
        domains.forEach(
                domain -> all.getOrDefault(domain, new CopyOnWriteArrayList<>()).forEach(Listening::tell));
    }

    private final class Listening {
        private final String domain;
        private final Consumer<Resolution> observer;
        private final AtomicBoolean isDue = new AtomicBoolean();
        private volatile boolean isOver;

        private Listening(String domain, Consumer<Resolution> observer) {
            this.domain = domain;
            this.observer = observer;
        }

        private void tell() {
            if (isDue.compareAndSet(false, true)) {
                loop.execute(() -> {
                    isDue.set(false);
                    if (!isOver) {
                        observer.accept(current.apply(domain));
                    }
                });
            }
        }
    }
}
