package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.sync.fetch.Want.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Gets the datums of one peer that are wanted here. One want a datum: what is wanted again while it is on its way is the same
 * want. Wants go out together, by the node that leads their slots; each is answered alone and leaves when it is satisfied or
 * forgotten, otherwise it is tried again after a growing pause. Not thread-safe; it belongs to one event loop.
 */
public final class DatumFetcher {
    private final FetchedSegment segment;
    private final PeerClusters clusters;
    private final PeerClient peers;
    private final EventLoop loop;
    private final FetchPacing pacing;
    private final Map<DataInfoId, Want> wants = new HashMap<>();
    private final DueWants due = new DueWants();
    private final TooBigDatums tooBig;
    private final PeerGuard guard;
    private final WarmBudget budget;
    private final AskedLately lately;
    private boolean isWarmInFlight;
    private boolean isWakePlanned;
    private boolean isClosed;
    private long installed;
    private long confirmed;
    private long notAnswered;
    private long corrected;
    private long raised;

    /** @param clusters of the same peer as {@code segment} */
    public DatumFetcher(
            FetchedSegment segment, PeerClusters clusters, PeerClient peers, EventLoop loop, FetchPacing pacing) {
        this.segment = segment;
        this.clusters = clusters;
        this.peers = peers;
        this.loop = loop;
        this.pacing = pacing;
        this.tooBig = new TooBigDatums(segment.peer());
        this.lately = new AskedLately(pacing.confirmPause());
        this.guard = new PeerGuard(segment.peer(), loop, pacing);
        this.budget = new WarmBudget(pacing.guard().warmBytesPerSecond(), loop.nanos());
        clusters.onRefreshed(() -> {
            guard.retain(clusters.leaders().keySet());
            send();
        });
    }

    /** Wants these contents at least at the announced versions. */
    public void fetch(List<DigestEntry> announced) {
        for (DigestEntry entry : announced) {
            Want want = wants.computeIfAbsent(entry.id(), Want::new);
            want.name(entry);
            due.promote(want);
            if (want.phase == Phase.WAITING) {
                due.add(want);
            }
        }
        send();
    }

    /** Wants these contents too, though nobody has asked: when nothing else is due, and within the budget. */
    public void fetchWarm(List<DigestEntry> announced) {
        for (DigestEntry entry : announced) {
            Want want = wants.get(entry.id());
            if (want == null) {
                want = new Want(entry.id());
                want.isWarm = true;
                wants.put(entry.id(), want);
                due.add(want);
            }
            want.name(entry);
        }
        send();
    }

    /** Asks whether what is held is still right; no sooner after the last question about it than the pacing allows. */
    public void confirm(List<DataInfoId> ids) {
        for (DataInfoId id : ids) {
            if (wants.containsKey(id)) {
                continue;
            }
            Want want = new Want(id);
            wants.put(id, want);
            Duration wait = lately.untilNext(id, loop.nanos());
            if (wait.compareTo(Duration.ZERO) > 0) {
                tryLater(List.of(want), wait);
            } else {
                due.add(want);
            }
        }
        send();
    }

    /** Nobody wants it any more; an answer that is still on its way is not installed. */
    public void forget(DataInfoId id) {
        wants.remove(id);
        tooBig.remove(id);
    }

    /**
     * What decides about fetching has changed: the rest is forgotten.
     *
     * @param isStillWanted of a datum, and of whether it is asked for only to be kept warm
     */
    public void retain(BiPredicate<DataInfoId, Boolean> isStillWanted) {
        List.copyOf(wants.values()).stream()
                .filter(want -> !isStillWanted.test(want.id, want.isWarm))
                .forEach(want -> forget(want.id));
    }

    /** Datums wanted and not yet answered for. */
    public int waiting() {
        return wants.size();
    }

    /** How long something announced has been asked for in vain; zero when nothing is. */
    public Duration inVain() {
        return Want.longestInVain(wants.values(), loop.nanos());
    }

    /** Contents installed since the start. */
    public long installed() {
        return installed;
    }

    /** Held versions that the peer has confirmed without sending them again. */
    public long confirmed() {
        return confirmed;
    }

    /** Questions that got no answer, or none that could be used. */
    public long notAnswered() {
        return notAnswered;
    }

    /** How it fares. */
    public FetchStatus status() {
        return new FetchStatus(
                guard.state(),
                guard.inFlight(),
                guard.refused(),
                due.warmCount(),
                budget.taken(),
                corrected,
                raised,
                tooBig.named(FetchStatus.MOST_NAMED));
    }

    /** Asks nothing more. */
    public void close() {
        isClosed = true;
        wants.clear();
        due.clear();
        clusters.close();
    }

    private void tryLater(List<Want> late, Duration pause) {
        late.forEach(want -> want.phase = Phase.WAITING);
        loop.schedule(pause, () -> {
            for (Want want : late) {
                if (isWanted(want) && want.phase == Phase.WAITING) {
                    due.add(want);
                }
            }
            send();
        });
    }

    private boolean isWanted(Want want) {
        return wants.get(want.id) == want;
    }

    /** Sends what is due, as far as requests may be under way. */
    private void send() {
        while (!isClosed && guard.hasRoom()) {
            boolean isForWarm = due.isNothingAsked();
            if (isForWarm && !mayWarm()) {
                return;
            }
            if (!clusters.isKnown()) {
                clusters.refresh();
                return;
            }
            Want first = due.remove(isForWarm);
            if (!isWanted(first)) {
                continue;
            }
            Optional<Endpoint> leader = clusters.leaderOf(first.id);
            if (leader.isEmpty()) {
                clusters.refresh();
                onNoAnswer(List.of(first));
            } else if (guard.tryBegin(leader.get())) {
                call(leader.get(), withOthersOf(leader.get(), first));
            } else {
                // There is room, so it is this node that is left alone: what others lead does not wait behind it.
                tryLater(due.withAllOf(first, other -> isLedBy(leader.get(), other)), guard.pause());
            }
        }
    }

    private boolean mayWarm() {
        if (due.warmCount() == 0 || isWarmInFlight) {
            return false;
        }
        Duration wait = budget.untilNext(loop.nanos());
        if (wait.isZero()) {
            return true;
        }
        wakeAfter(wait);
        return false;
    }

    private void wakeAfter(Duration pause) {
        if (!isWakePlanned) {
            isWakePlanned = true;
            loop.schedule(pause, () -> {
                isWakePlanned = false;
                send();
            });
        }
    }

    private List<Want> withOthersOf(Endpoint leader, Want first) {
        int batch = guard.batch(leader);
        int most = first.isWarm ? Math.min(batch, pacing.guard().warmBatch()) : batch;
        return due.withOthers(first, most, this::isWanted, other -> isLedBy(leader, other));
    }

    private boolean isLedBy(Endpoint leader, Want want) {
        return clusters.leaderOf(want.id).filter(leader::equals).isPresent();
    }

    private void call(Endpoint leader, List<Want> asked) {
        List<DatumQuery> queries = new ArrayList<>(asked.size());
        for (Want want : asked) {
            want.take(segment);
            lately.note(want.id, loop.nanos());
            queries.add(new DatumQuery(segment.peer(), want.id, want.known));
        }
        boolean isForWarm = asked.get(0).isWarm;
        isWarmInFlight |= isForWarm;
        long began = loop.nanos();
        peers.call(leader, new FetchDatums(null, queries), pacing.timeout())
                .whenComplete((answers, failure) -> loop.execute(() -> {
                    boolean isAnswered = answers != null && answers.answers().size() == asked.size();
                    guard.end(leader, began, isAnswered);
                    isWarmInFlight &= !isForWarm;
                    onAnswers(leader, asked, isAnswered ? answers : null, isForWarm);
                }));
    }

    private void onAnswers(Endpoint leader, List<Want> asked, @Nullable DatumAnswers answers, boolean isForWarm) {
        if (isClosed) {
            return;
        }
        if (answers == null) {
            // Perhaps the node is gone.
            clusters.refresh();
            onNoAnswer(asked);
        } else {
            List<Want> unsatisfied = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                Want want = asked.get(i);
                DatumAnswer answer = want.understand(answers.answers().get(i), segment);
                if (isForWarm) {
                    budget.take(answer.datum() == null ? 0 : answer.datum().estimatedBytes());
                }
                if (isWanted(want) && !isSatisfied(leader, want, answer)) {
                    if (answer.status() == DatumAnswer.Status.TOO_BIG && asked.size() > 1) {
                        want.isAlone = true;
                        due.add(want);
                    } else {
                        unsatisfied.add(want);
                    }
                }
            }
            onNoAnswer(unsatisfied);
        }
        send();
    }

    private void onNoAnswer(List<Want> unsatisfied) {
        List<Want> still = unsatisfied.stream().filter(this::isWanted).toList();
        notAnswered += still.size();
        still.stream()
                .mapToInt(want -> want.fail(loop.nanos()))
                .max()
                .ifPresent(most -> tryLater(still, pacing.retryDelay(most)));
    }

    private boolean isSatisfied(Endpoint leader, Want want, DatumAnswer answer) {
        if (!answer.id().equals(want.id) || !answer.datacenter().equals(segment.peer())) {
            return false;
        }
        switch (answer.status()) {
            case NOT_LEADER -> {
                clusters.refresh();
                return false;
            }
            case TOO_BIG -> {
                if (want.isAlone) {
                    tooBig.add(want.id);
                }
                return false;
            }
            case UNKNOWN, WARMING, WITHDRAWN, IN_CUSTODY -> {
                return false;
            }
            case OK, EMPTY, UNCHANGED -> {
                if (!answer.isConfirmed()) {
                    return false;
                }
            }
        }
        if (want.least.isAfter(answer.version()) && !isCorrection(want, answer)) {
            onTooOld(leader, want);
            return false;
        }
        tooBig.remove(want.id);
        install(want, answer);
        if (want.isOutdatedBy(answer.version())) {
            want.failures = 0;
            due.add(want);
        } else {
            wants.remove(want.id);
        }
        return true;
    }

    /**
     * True when a later leader than the one that announced it says otherwise, and nothing newer is held: then what was announced
     * never came to be, and the table says so from now on. What is held above it is the leader's to hear of.
     */
    private boolean isCorrection(Want want, DatumAnswer answer) {
        Leadership by = answer.word().leadership();
        if (!by.isAfter(segment.namedBy(want.id))
                || segment.held(want.id).isAfter(answer.version())
                || answer.status() == DatumAnswer.Status.UNCHANGED) {
            return false;
        }
        segment.corrected(answer.digest(), by);
        want.named = null;
        corrected++;
        return true;
    }

    private void install(Want want, DatumAnswer answer) {
        Datum content = answer.datum();
        if (content != null) {
            installed++;
            segment.install(content.withVersion(answer.version()));
        } else if (answer.status() == DatumAnswer.Status.EMPTY) {
            installed++;
            segment.install(Datum.empty(segment.peer(), want.id).withVersion(answer.version()));
        } else {
            confirmed++;
            segment.confirmed(want.id, answer.version());
        }
    }

    /**
     * The leader stands behind something older than what was announced or is held. At first our own table is suspected; when it
     * still says so after that, it has lost what it announced, and without being lifted above that its numbers would be ignored
     * for ever.
     */
    private void onTooOld(Endpoint leader, Want want) {
        clusters.refresh();
        DigestEntry seen = want.named;
        if (want.failures == 0) {
            return;
        }
        // Of what is only held the content is not known here: it is minted above, because nothing has this hash but by
        // chance. Emptiness has zero.
        int hash = seen != null && seen.version().equals(want.least) ? seen.contentHash() : 1;
        raised++;
        peers.call(leader, new RaiseVersion(want.id, want.least, hash), pacing.timeout());
    }
}
