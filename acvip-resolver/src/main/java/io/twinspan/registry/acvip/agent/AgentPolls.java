package io.twinspan.registry.acvip.agent;

import io.twinspan.registry.acvip.client.DomainText;
import io.twinspan.registry.acvip.client.Resolution;
import io.twinspan.registry.acvip.client.ResolverClient;
import io.twinspan.registry.acvip.client.ResolverForms;
import io.twinspan.registry.acvip.client.ServedAnswer;
import io.twinspan.registry.runtime.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Callers that wait for something to change. A waiting one holds no thread. */
final class AgentPolls {
    static final int MOST_WAITING = 500;

    /** Endpoints in one reply, unless a single domain has more; as on a server, the rest comes with the next poll. */
    private static final int MOST_ANSWERED = 20_000;

    private final ResolverClient client;
    private final EventLoop timers;
    private final Executor writers;
    private final AtomicInteger waiting = new AtomicInteger();

    AgentPolls(ResolverClient client, EventLoop timers, Executor writers) {
        this.client = client;
        this.timers = timers;
        this.writers = writers;
    }

    int waiting() {
        return waiting.get();
    }

    void take(AgentCall call, AgentPoll poll) throws IOException {
        Map<String, Object> now = difference(poll);
        if (!now.isEmpty() || poll.timeout().isZero()) {
            call.json(200, body(now));
        } else if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            call.refused(503, "more than " + MOST_WAITING + " callers wait already");
        } else {
            new Waiter(call, poll).begin();
        }
    }

    /** What the caller does not have, by domain: the answer, or the name alone when the domain is gone. */
    private Map<String, Object> difference(AgentPoll poll) {
        Map<String, Object> difference = new LinkedHashMap<>();
        AtomicInteger room = new AtomicInteger(MOST_ANSWERED);
        poll.checksums().forEach((domain, checksum) -> {
            Resolution known = client.find(domain);
            if (known instanceof Resolution.Known found) {
                ServedAnswer answer = found.domain().answer();
                boolean isOther = !answer.checksum().equals(checksum);
                if (isOther && (room.addAndGet(-answer.endpoints().size()) >= 0 || difference.isEmpty())) {
                    difference.put(domain, ResolverForms.form(found.domain(), client.place()));
                }
            } else if (known instanceof Resolution.Absent && !checksum.isEmpty()) {
                difference.put(domain, domain);
            }
        });
        return difference;
    }

    private Map<String, @Nullable Object> body(Map<String, Object> difference) {
        List<Object> changed = new ArrayList<>();
        List<Object> gone = new ArrayList<>();
        difference.values().forEach(each -> (each instanceof String ? gone : changed).add(each));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("epoch", ResolverForms.form(client.counters().epoch()));
        body.put("changed", changed);
        body.put("gone", gone);
        return body;
    }

    private final class Waiter {
        private final AgentCall call;
        private final AgentPoll poll;
        private final AtomicBoolean isAnswered = new AtomicBoolean();
        private final List<AutoCloseable> observing = new ArrayList<>();
        private EventLoop.@Nullable Timer timer;

        private Waiter(AgentCall call, AgentPoll poll) {
            this.call = call;
            this.poll = poll;
        }

        private void begin() {
            synchronized (observing) {
                // The lock guards list and timer against an answer that comes while they are being made.
                for (String domain : poll.checksums().keySet()) {
                    observing.add(client.observe(DomainText.of(domain), known -> look()));
                }
                timer = timers.schedule(poll.timeout(), () -> answer(Map.of()));
            }
        }

        private void look() {
            Map<String, Object> now = difference(poll);
            if (!now.isEmpty()) {
                answer(now);
            }
        }

        private void answer(Map<String, Object> difference) {
            if (!isAnswered.compareAndSet(false, true)) {
                return;
            }
            waiting.decrementAndGet();
            try {
                writers.execute(() -> {
                    end();
                    write(difference);
                });
            } catch (RejectedExecutionException busy) {
                call.drop();
            }
        }

        private void write(Map<String, Object> difference) {
            try {
                call.json(200, body(difference));
            } catch (IOException gone) {
                call.drop();
            }
        }

        private void end() {
            List<AutoCloseable> over;
            synchronized (observing) {
                over = List.copyOf(observing);
                observing.clear();
                if (timer != null) {
                    timer.cancel();
                }
            }
            for (AutoCloseable each : over) {
                try {
                    each.close();
                } catch (Exception impossible) {
                    throw new IllegalStateException("an observer that cannot be taken away", impossible);
                }
            }
        }
    }
}
