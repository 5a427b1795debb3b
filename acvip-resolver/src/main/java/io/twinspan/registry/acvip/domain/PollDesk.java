package io.twinspan.registry.acvip.domain;

import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.runtime.EventLoop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Those who wait for news, by the names they wait for. Belongs to the resolver's event loop. */
final class PollDesk {
    private final EventLoop loop;
    private final ResolverSettings settings;
    private final Function<Poll, Poll.News> nothingNew;
    private final BiFunction<Poll, DomainName, Lookup> lookup;
    private final Function<DomainName, List<String>> dependencies;
    private final Map<String, Set<Waiter>> byName = new HashMap<>();
    private int count;

    /**
     * @param nothingNew the answer to a poll whose time is over
     * @param dependencies the names whose change may change a domain
     */
    PollDesk(
            EventLoop loop,
            ResolverSettings settings,
            Function<Poll, Poll.News> nothingNew,
            BiFunction<Poll, DomainName, Lookup> lookup,
            Function<DomainName, List<String>> dependencies) {
        this.loop = loop;
        this.settings = settings;
        this.nothingNew = nothingNew;
        this.lookup = lookup;
        this.dependencies = dependencies;
    }

    /** Polls that wait. */
    int count() {
        return count;
    }

    /** Answers at once when there is news, else waits. Refuses when too many wait. */
    void take(Poll poll, CompletableFuture<Poll.News> answer) {
        Poll.News news = news(poll, poll.known().keySet());
        if (!news.isNone()) {
            answer.complete(news);
        } else if (count >= settings.mostPolls()) {
            answer.completeExceptionally(new PollRefusedException(
                    count + " polls wait here already, which is all that are allowed; ask elsewhere or later"));
        } else {
            new Waiter(poll, answer).begin();
        }
    }

    /** A domain, or a service that some stand for, may be another thing now. */
    void onChange(String name) {
        List.copyOf(byName.getOrDefault(name, Set.of())).forEach(waiter -> waiter.look(name));
    }

    /** Anything may be another thing now. */
    void onChange() {
        Set<Waiter> all = new LinkedHashSet<>();
        byName.values().forEach(all::addAll);
        all.forEach(waiter -> waiter.look(null));
    }

    /** Everybody is answered; the resolver stops. */
    void close() {
        Set<Waiter> all = new LinkedHashSet<>();
        byName.values().forEach(all::addAll);
        all.forEach(waiter -> waiter.end(nothingNew.apply(waiter.poll)));
    }

    private Poll.News news(Poll poll, Iterable<DomainName> names) {
        List<DomainAnswer> changed = new ArrayList<>();
        List<DomainName> gone = new ArrayList<>();
        for (DomainName name : names) {
            String known = poll.known().getOrDefault(name, "");
            Lookup found = lookup.apply(poll, name);
            DomainAnswer answer = found.answer();
            if (answer != null && !answer.checksum().equals(known)) {
                changed.add(answer);
            } else if (found.state() == Lookup.State.ABSENT && !known.isEmpty()) {
                gone.add(name);
            }
        }
        return new Poll.News(nothingNew.apply(poll).duties(), bounded(changed), gone);
    }

    /**
     * As many as one reply may have, the small ones first, so that a large one holds up no other. Whoever asks again is told the rest,
     * because he does not name its checksums.
     */
    private List<DomainAnswer> bounded(List<DomainAnswer> changed) {
        changed.sort(Comparator.comparingInt(each -> each.endpoints().size()));
        int room = settings.mostAnswered();
        int count = 0;
        for (DomainAnswer each : changed) {
            room -= each.endpoints().size();
            if (room < 0 && count > 0) {
                break;
            }
            count++;
        }
        return changed.subList(0, count);
    }

    /** One who waits. */
    private final class Waiter {
        private final Poll poll;
        private final CompletableFuture<Poll.News> answer;
        private final Map<String, Set<DomainName>> watched = new HashMap<>();
        private EventLoop.@Nullable Timer timer;

        Waiter(Poll poll, CompletableFuture<Poll.News> answer) {
            this.poll = poll;
            this.answer = answer;
        }

        void begin() {
            count++;
            for (DomainName domain : poll.known().keySet()) {
                for (String name : dependencies.apply(domain)) {
                    watched.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(domain);
                    byName.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(this);
                }
            }
            timer = loop.schedule(poll.within(), () -> end(nothingNew.apply(poll)));
        }

        void look(@Nullable String name) {
            Poll.News news = news(poll, name == null ? poll.known().keySet() : watched.getOrDefault(name, Set.of()));
            if (!news.isNone()) {
                end(news);
            }
        }

        void end(Poll.News news) {
            if (timer == null) {
                return;
            }
            timer.cancel();
            timer = null;
            count--;
            for (String name : watched.keySet()) {
                Set<Waiter> others = byName.get(name);
                if (others != null && others.remove(this) && others.isEmpty()) {
                    byName.remove(name);
                }
            }
            answer.complete(news);
        }
    }
}
