package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client on its event loop: what is followed, by whom, and what is kept of it. An epoch is on the disk before anything is
 * answered under it; answers of the same epoch are written a little later. Readers on other threads see {@link #standing} and
 * {@link #find}.
 */
final class ResolverCore implements PollLine.Listener, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ResolverCore.class.getName());
    private static final Duration LOOK_FOR_IDLE = Duration.ofMinutes(1);

    /** What it stands on. */
    record Ports(
            EventLoop loop, ResolverServers servers, AnswerStore store, InstantSource wall, RandomGenerator chance) {}

    private final ClientSettings settings;
    private final ClientLimits.Times times;
    private final Ports ports;
    private final EventLoop loop;
    private final Consumer<Set<String>> onChanged;
    private final ClientTally tally = new ClientTally();
    private final AnswerTable table = new AnswerTable();
    private final Map<String, PollLine> lines = new LinkedHashMap<>();
    private final Map<String, WatchedDomain> watched = new ConcurrentHashMap<>();
    private volatile Standing standing = Standing.NOTHING;
    private volatile ServerList learned = ServerList.EMPTY;
    private volatile ServerGroups groups;
    private EventLoop.@Nullable Timer saving;
    private int waiting;
    private String refusal = "";
    private boolean isClosed;

    /** @param onChanged told, on the loop, of domains whose content is another */
    ResolverCore(ClientSettings settings, Ports ports, Consumer<Set<String>> onChanged) {
        this.settings = settings;
        this.times = settings.limits().times();
        this.ports = ports;
        this.loop = ports.loop();
        this.onChanged = onChanged;
        this.groups = ServerGroups.of(settings, ServerList.EMPTY);
    }

    /** Goes on from the disk; answers are there when this returns. On the caller's thread, before anything else. */
    void restore() {
        KeptAnswers kept = ports.store().load();
        Duration age = Duration.between(kept.confirmed(), ports.wall().instant());
        long confirmed = loop.nanos() - (age.isNegative() ? 0 : bounded(age));
        List<ServedAnswer> answers =
                kept.answers().stream().limit(settings.limits().mostDomains()).toList();
        table.restore(kept.epoch(), answers, confirmed);
        standing = table.standing();
        standing.answers().keySet().forEach(domain -> watched.put(domain, new WatchedDomain(loop.nanos())));
        learned = kept.servers();
    }

    /** Begins to follow. */
    void start() {
        loop.execute(() -> {
            regroup();
            loop.scheduleEvery(times.serversEvery(), this::askForServers);
            loop.scheduleEvery(LOOK_FOR_IDLE, this::forgetIdle);
        });
    }

    Standing standing() {
        return standing;
    }

    /** The servers as they were learned last. */
    ServerList servers() {
        return new ServerList(standing.epoch(), learned.datacenters());
    }

    /** Where the client stands, as far as anybody knows. */
    ClientPlace place() {
        return settings.place().orIn(groups.own());
    }

    ClientCounters counters() {
        int known = groups.servers().values().stream().mapToInt(List::size).sum();
        return tally.counters(standing, known);
    }

    /** What is known of a domain by now; any thread. */
    Resolution find(String domain) {
        WatchedDomain each = watched.get(domain);
        if (each == null) {
            return new Resolution.Unknown(domain, "it is not followed yet");
        }
        each.onAsked(loop.nanos());
        return resolution(domain, standing);
    }

    /** Completes with the first answer, or says why there is none after the time that is set. On the loop. */
    void follow(String domain, CompletableFuture<Resolution> result) {
        Resolution known = find(domain);
        if (!(known instanceof Resolution.Unknown)) {
            result.complete(known);
            return;
        }
        Optional<WatchedDomain> found = watch(domain);
        if (found.isEmpty() || waiting >= settings.limits().mostWaiting()) {
            String why = "too much is followed, or waited for, already";
            result.complete(new Resolution.Unknown(
                    domain, standing.isFresh() ? why : why + ", and no server answers that could tell of more"));
            return;
        }
        waiting++;
        found.get().waiting().add(result);
        loop.schedule(times.firstAnswer(), () -> {
            if (found.get().waiting().removeIf(each -> each == result)) {
                waiting--;
                result.complete(new Resolution.Unknown(domain, "no server has answered for it"));
            }
        });
    }

    /** The domain is followed for as long as somebody listens; empty when too many are. On the loop. */
    Optional<WatchedDomain> watch(String domain) {
        WatchedDomain there = watched.get(domain);
        if (there != null) {
            return Optional.of(there);
        }
        if (isClosed || domain.isBlank() || domain.length() > ServedAnswer.MOST_NAME_CHARS || !hasRoom()) {
            return Optional.empty();
        }
        WatchedDomain made = new WatchedDomain(loop.nanos());
        watched.put(domain, made);
        table.watch(domain);
        lines.values().forEach(PollLine::askAgain);
        return Optional.of(made);
    }

    @Override
    public Optional<PollQuestion> question(String group, boolean isNew) {
        if (watched.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> checksums = table.checksums(group, watched.keySet(), isNew);
        return Optional.of(new PollQuestion(place(), times.poll(), checksums));
    }

    @Override
    public boolean onReply(String group, PollReply reply) {
        tally.polls.increment();
        boolean wasKnown = standing.isFresh();
        EpochVerdict verdict = table.onReply(group, reply, loop.nanos());
        switch (verdict) {
            case LOWER -> tally.lowerEpochs.increment();
            case TOO_FAR -> {
                tally.farEpochs.increment();
                LOG.log(
                        System.Logger.Level.WARNING,
                        "an answer under epoch {0} is not believed: {1} is the highest that was seen",
                        reply.epoch().map(Object::toString).orElse("none"),
                        standing.epoch().map(Object::toString).orElse("none"));
            }
            case TAKEN -> {}
        }
        publish();
        if (!wasKnown && standing.isFresh()) {
            LOG.log(System.Logger.Level.INFO, "servers answer; epoch {0}", epochText());
            askForServers();
        }
        return verdict == EpochVerdict.TAKEN;
    }

    @Override
    public void onFailure(String group, Endpoint server, Throwable why) {
        tally.failures.increment();
        boolean isNews = why instanceof QuestionRefusedException && !refusal.equals(why.getMessage());
        if (isNews) {
            refusal = String.valueOf(why.getMessage());
        }
        LOG.log(
                isNews ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                "no answer of {0}: {1}",
                server,
                why.toString());
    }

    @Override
    public void onSilent(String group) {
        boolean wasFresh = standing.isFresh();
        table.onSilent(group);
        publish();
        if (wasFresh && !standing.isFresh()) {
            LOG.log(System.Logger.Level.WARNING, "no server answers; what is known is given on, marked old");
            save();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        lines.values().forEach(PollLine::close);
        lines.clear();
        if (standing.isFresh() || saving != null) {
            save();
        }
        watched.values()
                .forEach(each -> each.waiting()
                        .forEach(result -> result.complete(new Resolution.Unknown("", "the client is closed"))));
    }

    /** Makes what the table decided visible, the epoch first on the disk. */
    private void publish() {
        Standing before = standing;
        Standing next = table.standing();
        if (!next.epoch().equals(before.epoch())) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "epoch {0} is followed",
                    next.epoch().map(Object::toString).orElse("none"));
            save();
        }
        standing = next;
        Set<String> changed = next.changedFrom(before);
        if (!changed.isEmpty()) {
            saveSoon();
            onChanged.accept(changed);
        }
        for (Map.Entry<String, WatchedDomain> each : watched.entrySet()) {
            complete(each.getKey(), each.getValue());
        }
    }

    private void complete(String domain, WatchedDomain each) {
        if (each.waiting().isEmpty()) {
            return;
        }
        Resolution known = resolution(domain, standing);
        if (!(known instanceof Resolution.Unknown)) {
            waiting -= each.waiting().size();
            each.waiting().forEach(result -> result.complete(known));
            each.waiting().clear();
        }
    }

    private Resolution resolution(String domain, Standing now) {
        ServedAnswer answer = now.answers().get(domain);
        if (answer != null) {
            Duration age = Duration.ofNanos(Math.max(0, loop.nanos() - now.confirmedNanos(domain)));
            return new Resolution.Known(new ResolvedDomain(answer, !now.isFresh(domain), age));
        }
        return now.absent().contains(domain)
                ? new Resolution.Absent(domain)
                : new Resolution.Unknown(domain, "no server has answered for it yet");
    }

    private void askForServers() {
        lines.values().stream()
                .flatMap(line -> line.followed().stream())
                .findFirst()
                .ifPresent(server -> ports.servers()
                        .servers(server)
                        .whenComplete((list, failure) -> loop.execute(() -> onServers(list))));
        if (standing.isFresh()) {
            saveSoon();
        }
    }

    private void onServers(@Nullable ServerList list) {
        // What is said under a lower epoch, or one that is too far ahead, may be a list from the wrong day.
        if (list == null
                || isClosed
                || list.datacenters().isEmpty()
                || EpochVerdict.of(standing.epoch(), list.epoch()) != EpochVerdict.TAKEN
                || list.datacenters().equals(learned.datacenters())) {
            return;
        }
        learned = new ServerList(Optional.empty(), list.datacenters());
        regroup();
        saveSoon();
    }

    private void regroup() {
        groups = ServerGroups.of(settings, learned);
        lines.entrySet().removeIf(line -> {
            boolean isOver = !groups.servers().containsKey(line.getKey());
            if (isOver) {
                line.getValue().close();
            }
            return isOver;
        });
        table.setSources(groups.names());
        PollLine.Ports shared = new PollLine.Ports(loop, ports.servers(), ports.chance(), this);
        for (String name : groups.names()) {
            PollLine line = lines.computeIfAbsent(name, each -> new PollLine(each, shared, times));
            line.setServers(groups.servers().getOrDefault(name, List.of()));
        }
        publish();
    }

    private boolean hasRoom() {
        if (watched.size() < settings.limits().mostDomains()) {
            return true;
        }
        Optional<String> oldest = watched.entrySet().stream()
                .filter(each -> each.getValue().isDispensable() && canBeForgotten(each.getKey()))
                .min(Comparator.comparingLong(each -> each.getValue().askedNanos()))
                .map(Map.Entry::getKey);
        oldest.ifPresent(this::forget);
        return oldest.isPresent();
    }

    private void forgetIdle() {
        long now = loop.nanos();
        watched.entrySet().stream()
                .filter(each -> each.getValue().isDispensable()
                        && now - each.getValue().askedNanos() > times.idle().toNanos()
                        && canBeForgotten(each.getKey()))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
    }

    /** An answer that nobody could give again is kept. */
    private boolean canBeForgotten(String domain) {
        return standing.isFresh() || !standing.answers().containsKey(domain);
    }

    private void forget(String domain) {
        watched.remove(domain);
        table.forget(domain);
        publish();
    }

    private void saveSoon() {
        if (saving == null && !isClosed) {
            saving = loop.schedule(times.saveEvery(), () -> {
                saving = null;
                save();
            });
        }
    }

    /** A disk that fails takes nothing away: the answers are given, it is counted and said, and tried again. */
    private void save() {
        Standing now = table.standing();
        Duration age = Duration.ofNanos(Math.max(0, loop.nanos() - now.confirmedNanos()));
        Instant confirmed = ports.wall().instant().minus(age);
        try {
            ports.store()
                    .save(new KeptAnswers(
                            now.epoch(), confirmed, List.copyOf(now.answers().values()), learned));
            tally.saves.increment();
        } catch (java.io.IOException failed) {
            tally.failedSaves.increment();
            LOG.log(System.Logger.Level.WARNING, "answers could not be written: {0}", failed.toString());
            saveSoon();
        }
    }

    private String epochText() {
        return standing.epoch().map(Object::toString).orElse("none");
    }

    private static long bounded(Duration age) {
        Duration longest = Duration.ofDays(365);
        return (age.compareTo(longest) > 0 ? longest : age).toNanos();
    }
}
