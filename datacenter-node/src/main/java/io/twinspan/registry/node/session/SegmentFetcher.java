package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.node.session.push.Arrivals;
import io.twinspan.registry.node.session.push.Pusher;
import io.twinspan.registry.node.session.push.SegmentNews;
import io.twinspan.registry.node.session.push.SubscribedService;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks slot leaders for datums and hands the answers to the subscribed services. What is asked is decided when the question is
 * sent, so a question that waited asks for the newest.
 */
final class SegmentFetcher
        implements NodeQueues.Carrier<SegmentFetcher.Key, SegmentFetcher.Cause, SegmentFetcher.Answered> {
    /** One datum. */
    record Key(DatacenterId datacenter, DataInfoId id) {}

    /** Why it is asked for. Only an arrival opens interest, and makes the leader confirm a peer's datum with the peer. */
    enum Cause {
        ARRIVAL,
        NOTICE
    }

    /** An answer, and how many subscribers had arrived when its question was sent. */
    record Answered(long askedAt, DatumAnswers answers) {}

    private final SessionIncarnation session;
    private final DatacenterId own;
    private final Pusher pusher;
    private final Arrivals arrivals;
    private final SlotRouter router;
    private final HybridClock clock;
    private final PeerClient peers;
    private final Duration timeout;
    private final SessionMetrics metrics;
    private final NodeQueues<Key, Cause, Answered> queues;

    SegmentFetcher(
            SessionIncarnation session, Pusher pusher, Arrivals arrivals, SlotRouter router, SessionContext context) {
        this.session = session;
        this.own = router.cluster().datacenter();
        this.pusher = pusher;
        this.arrivals = arrivals;
        this.router = router;
        this.clock = context.clock();
        this.peers = context.peers();
        this.timeout = context.settings().callTimeout();
        this.metrics = context.metrics();
        this.queues = new NodeQueues<>(
                context.loop(),
                router,
                context.backoff(),
                new NodeQueues.Batches(context.settings().mostQueries(), Long.MAX_VALUE),
                this);
    }

    void ask(DatacenterId datacenter, DataInfoId id, Cause cause) {
        Key key = new Key(datacenter, id);
        SlotId slot = SlotId.of(id);
        // A question that waits anyway keeps the stronger cause.
        if (cause == Cause.ARRIVAL || !queues.isWaiting(key, slot)) {
            queues.post(new NodeQueues.Item<>(key, slot, cause));
        }
    }

    void onNewTable() {
        queues.reroute();
    }

    boolean isBusy(SlotId slot) {
        return queues.isBusy(slot);
    }

    long activity(SlotId slot) {
        return queues.activity(slot);
    }

    /** Questions are small; how much is answered to them at once is for the leader to bound. */
    @Override
    public long bytes(NodeQueues.Item<Key, Cause> item) {
        return 0;
    }

    @Override
    public CompletionStage<Answered> send(Endpoint to, List<NodeQueues.Item<Key, Cause>> batch) {
        long askedAt = arrivals.count();
        // Two requests, because a question on an arrival is answered "not confirmed yet" for a peer's datum, and one on
        // a notice
        // must not be: it would wait for another confirmation as long as subscribers go on arriving.
        return ask(to, batch, Cause.ARRIVAL).thenCombine(ask(to, batch, Cause.NOTICE), (arrived, noticed) -> {
            Iterator<DatumAnswer> onArrivals = arrived.answers().iterator();
            Iterator<DatumAnswer> onNotices = noticed.answers().iterator();
            List<DatumAnswer> inOrder = batch.stream()
                    .map(item -> item.value() == Cause.ARRIVAL ? onArrivals : onNotices)
                    .map(Iterator::next)
                    .toList();
            return new Answered(askedAt, new DatumAnswers(inOrder));
        });
    }

    @Override
    public List<NodeQueues.Item<Key, Cause>> onAnswer(List<NodeQueues.Item<Key, Cause>> batch, Answered answered) {
        List<NodeQueues.Item<Key, Cause>> notLed = new ArrayList<>();
        Map<SubscribedService, SegmentNews> toPush = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            NodeQueues.Item<Key, Cause> item = batch.get(i);
            SubscribedService service = pusher.find(item.key().id()).orElse(null);
            if (service == null) {
                continue;
            }
            DatumAnswer answer = answered.answers().answers().get(i);
            if (answer.status() == DatumAnswer.Status.NOT_LEADER) {
                notLed.add(item);
                continue;
            }
            if (answer.status() == DatumAnswer.Status.TOO_BIG) {
                askAgain(item, batch.size(), notLed);
                continue;
            }
            // Stamps must be above every version that is pushed under rule (b).
            clock.merge(new Stamp(answer.version().value()));
            SegmentNews news = service.segments().onAnswer(answer, answered.askedAt());
            if (news == SegmentNews.LEADER_IS_BEHIND) {
                raise(service);
            } else if (news != SegmentNews.NOTHING) {
                toPush.merge(service, news, (a, b) -> a == SegmentNews.CHANGED ? a : b);
            }
        }
        toPush.forEach(SubscribedService::on);
        return notLed;
    }

    /** At once, because others had its room; after a pause when there was nobody else, so that this does not spin. */
    private void askAgain(NodeQueues.Item<Key, Cause> item, int asked, List<NodeQueues.Item<Key, Cause>> later) {
        if (asked > 1) {
            ask(item.key().datacenter(), item.key().id(), item.value());
        } else {
            later.add(item);
        }
    }

    @Override
    public List<NodeQueues.Item<Key, Cause>> onFailure(List<NodeQueues.Item<Key, Cause>> batch) {
        metrics.fetchesFailed.add(batch.size());
        return batch.stream()
                .filter(item -> pusher.find(item.key().id()).isPresent())
                .toList();
    }

    private CompletionStage<DatumAnswers> ask(Endpoint to, List<NodeQueues.Item<Key, Cause>> batch, Cause cause) {
        List<DatumQuery> queries = batch.stream()
                .filter(item -> item.value() == cause)
                .map(item -> query(item.key()))
                .toList();
        return queries.isEmpty()
                ? CompletableFuture.completedFuture(new DatumAnswers(List.of()))
                : peers.call(to, new FetchDatums(cause == Cause.ARRIVAL ? session : null, queries), timeout)
                        .thenApply(answers -> complete(answers, queries.size(), to));
    }

    private static DatumAnswers complete(DatumAnswers answers, int asked, Endpoint by) {
        if (answers.answers().size() != asked) {
            throw new PeerException(
                    by + " answered " + answers.answers().size() + " of " + asked + " questions for datums");
        }
        return answers;
    }

    private DatumQuery query(Key key) {
        DatumVersion known = pusher.find(key.id())
                .map(service -> service.segments().version(key.datacenter()))
                .orElse(DatumVersion.NONE);
        return new DatumQuery(key.datacenter(), key.id(), known);
    }

    private void raise(SubscribedService service) {
        DataInfoId id = service.segments().service();
        Datum held = service.segments().find(own).orElse(null);
        SlotId slot = SlotId.of(id);
        router.leader(slot).flatMap(router::endpoint).ifPresent(leader -> {
            if (held != null) {
                metrics.versionsRaised.increment();
                peers.call(leader, new RaiseVersion(id, held.version(), held.contentHash()), timeout);
            }
        });
    }
}
