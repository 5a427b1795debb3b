package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.DropInterest;
import io.twinspan.registry.message.Interest;
import io.twinspan.registry.node.session.push.Pusher;
import io.twinspan.registry.node.session.push.SubscribedService;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps interest at the slot leaders in step with who subscribes here, and decides what has to be asked for. */
final class Subscriptions {
    private final SessionIncarnation session;
    private final Pusher pusher;
    private final SegmentFetcher fetcher;
    private final WantedServices interests;
    private final SlotRouter router;
    private final PeerClient peers;
    private final Duration timeout;
    private final SessionMetrics metrics;

    Subscriptions(SessionSelf self, Pusher pusher, SegmentFetcher fetcher, SlotRouter router, SessionContext context) {
        this.session = self.incarnation();
        this.pusher = pusher;
        this.fetcher = fetcher;
        this.interests = new WantedServices();
        this.router = router;
        this.peers = context.peers();
        this.timeout = context.settings().callTimeout();
        this.metrics = context.metrics();
    }

    Pusher pusher() {
        return pusher;
    }

    SegmentFetcher fetcher() {
        return fetcher;
    }

    WantedServices interests() {
        return interests;
    }

    /** Somebody arrived or has to be confirmed again: ask for everything the service may have to show. */
    void onArrival(SubscribedService service) {
        DataInfoId id = service.segments().service();
        boolean isGlobal = service.isGlobal();
        interests.put(id, isGlobal);
        fetcher.ask(own(), id, SegmentFetcher.Cause.ARRIVAL);
        if (isGlobal) {
            service.segments().wantedPeers().forEach(peer -> fetcher.ask(peer, id, SegmentFetcher.Cause.ARRIVAL));
        }
    }

    /** Policies have changed for these services: what is wanted of peers now has to be asked for, and what is not is not told any more. */
    void onPolicies(List<SubscribedService> services) {
        services.forEach(this::onArrival);
    }

    /** Somebody left these services. */
    void onDeparture(Set<DataInfoId> ids) {
        List<DataInfoId> unused = new ArrayList<>();
        for (DataInfoId id : ids) {
            SubscribedService service = pusher.find(id).orElse(null);
            if (service == null) {
                interests.remove(id);
                unused.add(id);
            } else {
                interests.put(id, service.isGlobal());
            }
        }
        drop(unused);
    }

    /** Asks again for what somebody waits for, because a notice may have been lost. */
    void askForUnconfirmed() {
        for (SubscribedService service : pusher.services()) {
            if (service.segments().find(own()).isEmpty() || service.hasUnconfirmed(own())) {
                fetcher.ask(own(), service.segments().service(), SegmentFetcher.Cause.ARRIVAL);
            }
        }
    }

    /**
     * Compares everything that is held with the leaders. Of peers only what nobody has confirmed yet, because each such question
     * may travel to the peer.
     */
    void audit() {
        for (SubscribedService service : pusher.services()) {
            DataInfoId id = service.segments().service();
            if (router.leader(SlotId.of(id)).isEmpty()) {
                // What is asked now waits; that nobody compares what clients show has to be known.
                metrics.comparisonsGivenUp.increment();
            }
            fetcher.ask(own(), id, SegmentFetcher.Cause.NOTICE);
            if (service.isGlobal()) {
                for (DatacenterId peer : service.segments().wantedPeers()) {
                    fetcher.ask(
                            peer,
                            id,
                            service.hasUnconfirmed(peer) ? SegmentFetcher.Cause.ARRIVAL : SegmentFetcher.Cause.NOTICE);
                }
            }
        }
    }

    /** The leader of this slot has learned anew what we want; what changed before it did, it did not tell. */
    void onInterestRestored(SlotId slot) {
        for (Interest interest : interests.interests(slot)) {
            fetcher.ask(own(), interest.service(), SegmentFetcher.Cause.NOTICE);
            if (interest.isGlobal()) {
                pusher.find(interest.service())
                        .map(service -> service.segments().wantedPeers())
                        .orElse(List.of())
                        .forEach(peer -> fetcher.ask(peer, interest.service(), SegmentFetcher.Cause.NOTICE));
            }
        }
    }

    private void drop(List<DataInfoId> unused) {
        // Not tried again when it fails: the digest in the next renewal says the same.
        for (DataInfoId id : unused) {
            router.leader(SlotId.of(id))
                    .flatMap(router::endpoint)
                    .ifPresent(leader -> peers.call(leader, new DropInterest(session, List.of(id)), timeout));
        }
    }

    private DatacenterId own() {
        return router.cluster().datacenter();
    }
}
