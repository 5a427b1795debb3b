package io.twinspan.registry.sync;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.Full;
import io.twinspan.registry.sync.announce.PeerNews;
import io.twinspan.registry.sync.announce.PeerTable;
import io.twinspan.registry.sync.announce.Question;
import io.twinspan.registry.sync.announce.Summary;
import io.twinspan.registry.sync.announce.TableFacts;
import io.twinspan.registry.sync.fetch.DatumFetcher;
import io.twinspan.registry.sync.fetch.FetchPlan;
import io.twinspan.registry.sync.fetch.FetchedSegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one peer: what it has announced, what is asked of it and on which way, what of it is wanted here, and the
 * fetching of the difference. Belongs to the event loop of the sync.
 */
final class PeerSegment {
    private static final Duration RESTLESS = Duration.ofMillis(100);
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** What it works with. */
    record Ports(
            EventLoop loop,
            HybridClock clock,
            ForeignDatums foreign,
            Set<DataInfoId> interest,
            Consumer<Question> channel) {}

    private final DatacenterId peer;
    private final PeerTable table;
    private final Ports ports;
    private final WantedOfPeer wanted;
    private final AnnounceLimits limits;
    private final PathWatch path;
    private final DatumFetcher fetcher;
    private final DirectPath direct;
    private final Hindrances hindrances = new Hindrances();
    private boolean isClosed;
    // Questions over Kafka get no answers: they are asked directly, too, until one does.
    private boolean isInVain;
    private boolean isTickPlanned;
    private long nextTickNanos;
    private long directNanos;
    private long bytes;
    private PeerState state = PeerState.UNREACHABLE;
    private long stateNanos;
    private long completeNanos;
    private boolean wasComplete;
    private @Nullable Long lastRecordMillis;

    PeerSegment(
            PeerTable table,
            DatacenterId peer,
            Ports ports,
            AnnounceLimits limits,
            Function<FetchedSegment, DatumFetcher> fetcher,
            Function<Consumer<Announcement>, DirectPath> direct) {
        this.peer = peer;
        this.table = table;
        this.ports = ports;
        this.wanted = new WantedOfPeer(peer, table, ports);
        this.limits = limits;
        long now = ports.loop().nanos();
        this.path = new PathWatch(limits.silence(), now);
        this.stateNanos = now;
        this.directNanos = now;
        this.fetcher = fetcher.apply(new HeldOfPeer(peer, table, ports, this::pump));
        this.direct = direct.apply(this::onAnswered);
    }

    PeerTable table() {
        return table;
    }

    Hindrances hindrances() {
        return hindrances;
    }

    void start() {
        tickIn(Duration.ZERO);
    }

    void close() {
        isClosed = true;
        fetcher.close();
        direct.close();
    }

    void onAnnounced(List<Announcement> batch) {
        path.onHeard(ports.loop().nanos());
        isInVain &= batch.stream().noneMatch(PeerSegment::isAnswer);
        take(batch);
    }

    void onInDoubt() {
        table.onInDoubt();
        pump();
    }

    void onUnreadable(int poisoned, int newer) {
        table.onUnreadable(poisoned, newer, ports.loop().nanos());
        pump();
    }

    void onReading(boolean canRead) {
        boolean couldRead = path.isReading();
        path.onReading(canRead, ports.loop().nanos());
        if (canRead && !couldRead) {
            table.onWayBack();
        }
    }

    void onBytes(long more) {
        bytes += more;
    }

    void onInterest(Collection<DataInfoId> opened, Collection<DataInfoId> ended) {
        ended.forEach(fetcher::forget);
        List<DigestEntry> announced = new ArrayList<>();
        opened.forEach(id -> table.find(id, ports.foreign().held(peer, id)).ifPresent(announced::add));
        // Some of it is kept warm all the same.
        ended.forEach(id -> table.find(id, ports.foreign().held(peer, id)).ifPresent(announced::add));
        actOn(announced);
    }

    void confirm(List<DataInfoId> ids) {
        fetcher.confirm(ids.stream()
                .filter(id -> wanted.policy(id) != FetchPolicy.NEVER)
                .toList());
    }

    void replan() {
        settle(table.held());
        fetcher.retain(wanted::isStillWanted);
        actOn(table.all());
    }

    /** Lets what was held back through; returns how many services. */
    int release() {
        List<DigestEntry> released = table.release();
        actOn(released);
        return released.size();
    }

    PeerStatus status() {
        look();
        long now = ports.loop().nanos();
        TableFacts facts = table.facts(now, ports.foreign()::isLedHere);
        Double lag = wasComplete ? (now - completeNanos) / 1e9 : null;
        return new PeerStatus(
                peer,
                state,
                Duration.ofNanos(now - stateNanos),
                path.path(),
                path.since(now),
                path.isReading(),
                hindrances.with(facts.notHealing()),
                facts,
                table.counts(),
                bytes,
                fetcher.installed(),
                fetcher.confirmed(),
                fetcher.notAnswered(),
                fetcher.waiting(),
                lastRecordMillis,
                lag,
                fetcher.status());
    }

    private static boolean isAnswer(Announcement announcement) {
        return announcement instanceof Full || (announcement instanceof Summary summary && summary.isWhole());
    }

    /** What was asked for directly has come. */
    private void onAnswered(Announcement answer) {
        path.onAnswered(ports.loop().nanos());
        take(List.of(answer));
    }

    private void take(List<Announcement> batch) {
        long now = ports.loop().nanos();
        List<DigestEntry> news = new ArrayList<>();
        Set<SlotId> known = new HashSet<>();
        for (Announcement announcement : batch) {
            lastRecordMillis = announcement.sentAt().millis();
            PeerNews each = table.on(announcement, now);
            news.addAll(each.entries());
            settle(each.held());
            each.held().stream().filter(entry -> table.isHeld(entry.id())).forEach(news::add);
            known.addAll(each.known());
        }
        if (!known.isEmpty()) {
            // What nobody there holds is found empty only when it is looked for.
            ports.interest().stream()
                    .filter(id -> known.contains(SlotId.of(id)))
                    .forEach(
                            id -> table.find(id, ports.foreign().held(peer, id)).ifPresent(news::add));
        }
        actOn(news);
        standBehind(table.takeAgreed());
        pump();
    }

    /** What is held of slots that agree is as the peer has it now, however long ago it was fetched. */
    private void standBehind(Set<SlotId> agreed) {
        Map<DataInfoId, DatumVersion> right = new HashMap<>();
        for (SlotId slot : agreed) {
            for (DigestEntry entry : table.entries(slot)) {
                if (entry.version().equals(ports.foreign().held(peer, entry.id()))) {
                    right.put(entry.id(), entry.version());
                }
            }
        }
        if (!right.isEmpty()) {
            ports.foreign().agreed(peer, right);
        }
    }

    private void actOn(Collection<DigestEntry> announced) {
        if (announced.isEmpty()) {
            return;
        }
        FetchPlan plan = wanted.asked(announced);
        List<DigestEntry> asked = new ArrayList<>(plan.fetch());
        asked.addAll(empty(plan.emptied()));
        fetcher.fetch(asked);
        FetchPlan warm = wanted.warm(announced);
        List<DigestEntry> askedWarm = new ArrayList<>(warm.fetch());
        // Nothing is held of most of what a peer does not have, and nobody asks for it: that stays so.
        empty(warm.emptied()).stream()
                .filter(entry -> wanted.isHeld(entry.id()))
                .forEach(askedWarm::add);
        fetcher.fetchWarm(askedWarm);
    }

    /** Of these the peer's leader has said before the announcement came, here or to who led the slot then, that they are empty. */
    private void settle(List<DigestEntry> heldBack) {
        for (DigestEntry entry : heldBack) {
            if (ports.foreign().isHeldEmpty(peer, entry.id())
                    && !entry.version().isAfter(ports.foreign().held(peer, entry.id()))) {
                table.onAnswered(entry.id());
            }
        }
    }

    /** Installs what is believed; returns the rest, of which its leader is to say so itself. */
    private List<DigestEntry> empty(List<DigestEntry> emptied) {
        List<DigestEntry> doubted = new ArrayList<>();
        for (DigestEntry entry : emptied) {
            if (wanted.isDoubted(entry)) {
                doubted.add(entry);
            } else {
                fetcher.forget(entry.id());
                ports.foreign().install(Datum.empty(peer, entry.id()).withVersion(entry.version()));
            }
        }
        return doubted;
    }

    /** Asks what is to be asked, and comes back when there may be more. */
    private void pump() {
        if (isClosed) {
            return;
        }
        long now = ports.loop().nanos();
        table.nextQuestion(now).ifPresent(question -> {
            if (path.isReading()) {
                ports.channel().accept(question);
            }
            isInVain |= question.isAgain();
            if (isInVain || path.path() != SyncPath.KAFKA || !path.isReading()) {
                direct.askSlots(question.slots());
            }
            if (isInVain && question.wantsSummary()) {
                direct.askRoots();
            }
        });
        if (table.isRestless()) {
            tickIn(RESTLESS);
        }
    }

    private void tickIn(Duration wait) {
        long at = ports.loop().nanos() + wait.toNanos();
        if (isClosed || (isTickPlanned && nextTickNanos - at <= 0)) {
            return;
        }
        isTickPlanned = true;
        nextTickNanos = at;
        ports.loop().schedule(wait, () -> {
            // One that was planned for later has been overtaken.
            if (isTickPlanned && nextTickNanos == at) {
                isTickPlanned = false;
                tick();
            }
        });
    }

    private void tick() {
        if (isClosed) {
            return;
        }
        long now = ports.loop().nanos();
        actOn(table.onTick());
        if (path.onTick(now) && path.path() == SyncPath.KAFKA) {
            table.onWayBack();
        }
        askDirectly(now);
        look();
        pump();
        tickIn(QUIET);
    }

    private void askDirectly(long now) {
        if (now - directNanos < limits.directEvery().toNanos()) {
            return;
        }
        if (path.path() != SyncPath.KAFKA) {
            if (path.since(now).compareTo(limits.directEvery()) >= 0) {
                directNanos = now;
                direct.askRoots();
            }
            return;
        }
        // One of its nodes may be silent while others are heard. It is asked before its slots are in doubt, and asked
        // for them
        // directly, since its answers would go the way on which it is not heard.
        Set<SlotId> silent = table.silent(limits.silence().dividedBy(2), now);
        if (!silent.isEmpty()) {
            directNanos = now;
            isInVain = true;
            direct.askRoots(silent);
        }
    }

    private void look() {
        long now = ports.loop().nanos();
        TableFacts facts = table.facts(now, ports.foreign()::isLedHere);
        PeerState next = PeerState.of(
                !ports.foreign().isOff(peer),
                path.path(),
                facts,
                hindrances.with(facts.notHealing()),
                fetcher.inVain());
        if (next != state) {
            state = next;
            stateNanos = now;
        }
        boolean isComplete = facts.slotsInDoubt() == 0 && !facts.awaitsSummary() && path.path() != SyncPath.NONE;
        if (isComplete) {
            wasComplete = true;
            completeNanos = now;
        }
    }
}
