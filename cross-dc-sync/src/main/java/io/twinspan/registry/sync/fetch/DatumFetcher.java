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
import io.twinspan.registry.sync.fetch.Want.Phase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Deque<Want> due = new ArrayDeque<>();
    private final Map<DataInfoId, Long> lastAsked = new LinkedHashMap<>();
    private int inFlight;
    private int batch;
    private boolean isClosed;
    private long installed;
    private long confirmed;
    private long notAnswered;

    /** @param clusters of the same peer as {@code segment} */
    public DatumFetcher(
            FetchedSegment segment, PeerClusters clusters, PeerClient peers, EventLoop loop, FetchPacing pacing) {
        this.segment = segment;
        this.clusters = clusters;
        this.peers = peers;
        this.loop = loop;
        this.pacing = pacing;
        this.batch = pacing.maxBatch();
        clusters.onRefreshed(this::send);
    }

    /** Wants these contents at least at the announced versions. */
    public void fetch(List<DigestEntry> announced) {
        for (DigestEntry entry : announced) {
            Want want = wants.computeIfAbsent(entry.id(), Want::new);
            want.name(entry);
            if (want.phase == Phase.WAITING) {
                makeDue(want);
            }
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
            Long last = lastAsked.get(id);
            long wait = last == null ? 0 : last + pacing.confirmPause().toNanos() - loop.nanos();
            if (wait > 0) {
                tryLater(List.of(want), Duration.ofNanos(wait));
            } else {
                makeDue(want);
            }
        }
        send();
    }

    /** Nobody wants it any more; an answer that is still on its way is not installed. */
    public void forget(DataInfoId id) {
        wants.remove(id);
    }

    /** Datums wanted and not yet answered for. */
    public int waiting() {
        return wants.size();
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

    /** Asks nothing more. */
    public void close() {
        isClosed = true;
        wants.clear();
        due.clear();
        clusters.close();
    }

    private void makeDue(Want want) {
        want.phase = Phase.DUE;
        due.add(want);
    }

    private void tryLater(List<Want> late, Duration pause) {
        late.forEach(want -> want.phase = Phase.WAITING);
        loop.schedule(pause, () -> {
            for (Want want : late) {
                if (isWanted(want) && want.phase == Phase.WAITING) {
                    makeDue(want);
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
        if (isClosed) {
            return;
        }
        while (!due.isEmpty() && inFlight < pacing.maxInFlight()) {
            if (!clusters.isKnown()) {
                clusters.refresh();
                return;
            }
            Want first = due.remove();
            if (!isWanted(first)) {
                continue;
            }
            Optional<Endpoint> leader = clusters.leaderOf(first.id);
            if (leader.isPresent()) {
                call(leader.get(), withOthersOf(leader.get(), first));
            } else {
                clusters.refresh();
                onNoAnswer(List.of(first));
            }
        }
    }

    private List<Want> withOthersOf(Endpoint leader, Want first) {
        List<Want> together = new ArrayList<>();
        together.add(first);
        Iterator<Want> others = due.iterator();
        while (others.hasNext() && together.size() < batch) {
            Want other = others.next();
            if (!isWanted(other)) {
                others.remove();
            } else if (clusters.leaderOf(other.id).filter(leader::equals).isPresent()) {
                together.add(other);
                others.remove();
            }
        }
        return together;
    }

    private void call(Endpoint leader, List<Want> asked) {
        List<DatumQuery> queries = new ArrayList<>(asked.size());
        for (Want want : asked) {
            want.take(segment.held(want.id));
            noteAsked(want.id);
            queries.add(new DatumQuery(segment.peer(), want.id, want.known));
        }
        inFlight++;
        peers.call(leader, new FetchDatums(null, queries), pacing.timeout())
                .whenComplete((answers, failure) -> loop.execute(() -> onAnswers(leader, asked, answers)));
    }

    private void noteAsked(DataInfoId id) {
        long now = loop.nanos();
        lastAsked.values().removeIf(at -> now - at > pacing.confirmPause().toNanos());
        lastAsked.put(id, now);
    }

    private void onAnswers(Endpoint leader, List<Want> asked, @Nullable DatumAnswers answers) {
        inFlight--;
        if (isClosed) {
            return;
        }
        if (answers == null || answers.answers().size() != asked.size()) {
            // Perhaps the node is gone, perhaps the answer would have been too large for one frame.
            batch = Math.max(1, batch / 2);
            clusters.refresh();
            onNoAnswer(asked);
        } else {
            batch = Math.min(pacing.maxBatch(), batch * 2);
            List<Want> unsatisfied = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                Want want = asked.get(i);
                if (isWanted(want)
                        && !isSatisfied(leader, want, answers.answers().get(i))) {
                    unsatisfied.add(want);
                }
            }
            onNoAnswer(unsatisfied);
        }
        send();
    }

    private void onNoAnswer(List<Want> unsatisfied) {
        List<Want> still = unsatisfied.stream().filter(this::isWanted).toList();
        notAnswered += still.size();
        int most = 0;
        for (Want want : still) {
            most = Math.max(most, ++want.failures);
        }
        if (!still.isEmpty()) {
            tryLater(still, pacing.retryDelay(most));
        }
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
            case UNKNOWN -> {
                return false;
            }
            case OK, EMPTY, UNCHANGED -> {
                if (!answer.isConfirmed()) {
                    return false;
                }
            }
        }
        if (want.least.isAfter(answer.version())) {
            onTooOld(leader, want);
            return false;
        }
        install(want, answer);
        if (want.isOutdatedBy(answer.version())) {
            want.failures = 0;
            makeDue(want);
        } else {
            wants.remove(want.id);
        }
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
     * The leader stands behind something older than what was announced. At first our own table is suspected; when it still says
     * so after that, it has lost what it announced, and without being lifted above that its numbers would be ignored for ever.
     */
    private void onTooOld(Endpoint leader, Want want) {
        clusters.refresh();
        DigestEntry seen = want.named;
        if (seen != null && want.failures > 0 && !want.least.isAfter(seen.version())) {
            peers.call(leader, new RaiseVersion(want.id, seen.version(), seen.contentHash()), pacing.timeout());
        }
    }
}
