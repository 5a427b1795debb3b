package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.node.session.push.Pusher;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the leader of a service's slot how long ago each datacenter stood behind its addresses. Belongs to the session's event loop. */
final class SegmentAges {
    private final SessionSelf self;
    private final Pusher pusher;
    private final SlotRouter router;
    private final SessionContext context;

    SegmentAges(SessionSelf self, Pusher pusher, SlotRouter router, SessionContext context) {
        this.self = self;
        this.pusher = pusher;
        this.router = router;
        this.context = context;
    }

    /** By datacenter; one of which that is not known is not named. */
    CompletionStage<Map<DatacenterId, Duration>> of(DataInfoId service) {
        Endpoint leader =
                router.leader(SlotId.of(service)).flatMap(router::endpoint).orElse(null);
        if (leader == null) {
            return CompletableFuture.completedFuture(Map.of());
        }
        List<DatumQuery> queries = new ArrayList<>();
        queries.add(query(self.member().datacenter(), service));
        self.peers().forEach(peer -> queries.add(query(peer, service)));
        return context.peers()
                .call(leader, new FetchDatums(null, queries), context.settings().callTimeout())
                .thenApply(this::ages);
    }

    private DatumQuery query(DatacenterId datacenter, DataInfoId service) {
        DatumVersion known = pusher.find(service)
                .map(each -> each.segments().version(datacenter))
                .orElse(DatumVersion.NONE);
        return new DatumQuery(datacenter, service, known);
    }

    private Map<DatacenterId, Duration> ages(DatumAnswers answers) {
        HybridClock clock = context.clock();
        Map<DatacenterId, Duration> ages = new HashMap<>();
        for (DatumAnswer answer : answers.answers()) {
            long confirmed = answer.word().confirmedMillis();
            if (answer.datacenter().equals(self.member().datacenter())) {
                if (answer.isConfirmed()) {
                    ages.put(answer.datacenter(), Duration.ZERO);
                }
            } else if (confirmed > 0) {
                ages.put(answer.datacenter(), Duration.ofMillis(Math.max(0, clock.physicalMillis() - confirmed)));
            }
        }
        return ages;
    }
}
