package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.message.DatumsChanged;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells one session of changes: one call in flight, what comes meanwhile waits, of each datum the newest version. A call that
 * fails is made again until the session's lease is over. What waits is bounded by what the session is interested in.
 */
final class SessionNotifier {
    private final PeerClient peers;
    private final EventLoop loop;
    private final DataSettings.Notices settings;
    private final DataCounts counts;
    private final Map<DatumKey, DatumVersion> changed = new LinkedHashMap<>();
    private final Map<DatumKey, DatumVersion> settling = new LinkedHashMap<>();
    private @Nullable Endpoint endpoint;
    private boolean isInFlight;
    private boolean isPausing;
    private boolean isClosed;

    SessionNotifier(PeerClient peers, EventLoop loop, DataSettings.Notices settings, DataCounts counts) {
        this.peers = peers;
        this.loop = loop;
        this.settings = settings;
        this.counts = counts;
    }

    /** Where the session takes notices; nothing is sent before this is known. */
    void reachAt(Endpoint where) {
        if (!where.equals(endpoint)) {
            endpoint = where;
            send();
        }
    }

    void tell(DatumNotice notice, boolean isSettling) {
        Map<DatumKey, DatumVersion> queue = isSettling ? settling : changed;
        queue.merge(new DatumKey(notice.datacenter(), notice.id()), notice.version(), SessionNotifier::newer);
        send();
    }

    /** The session's life is over: what it has not been told by now it never will be. */
    void giveUp() {
        counts.noticesGivenUp.add(changed.size() + (long) settling.size());
        close();
    }

    void close() {
        isClosed = true;
        changed.clear();
        settling.clear();
    }

    private void send() {
        if (isInFlight || isPausing) {
            return;
        }
        sendNow();
    }

    private void sendNow() {
        Endpoint to = endpoint;
        if (isClosed || to == null || (changed.isEmpty() && settling.isEmpty())) {
            return;
        }
        List<DatumNotice> batch = new ArrayList<>();
        take(changed, settings.batch(), batch);
        take(settling, Math.min(settings.settlingBatch(), settings.batch() - batch.size()), batch);
        isInFlight = true;
        peers.call(to, new DatumsChanged(batch), settings.timeout())
                .whenComplete((done, failure) -> loop.execute(() -> onAnswer(batch, failure == null)));
    }

    private void onAnswer(List<DatumNotice> batch, boolean isTaken) {
        isInFlight = false;
        if (!isTaken) {
            counts.noticesFailed.increment();
        }
        if (isClosed) {
            counts.noticesGivenUp.add(isTaken ? 0 : batch.size());
            return;
        }
        if (!isTaken) {
            for (DatumNotice each : batch) {
                changed.merge(new DatumKey(each.datacenter(), each.id()), each.version(), SessionNotifier::newer);
            }
            pause(settings.retry());
        } else if (changed.isEmpty() && !settling.isEmpty()) {
            loop.schedule(settings.settlingPause(), this::send);
        } else {
            send();
        }
    }

    private void pause(Duration time) {
        isPausing = true;
        loop.schedule(time, () -> {
            isPausing = false;
            send();
        });
    }

    private static void take(Map<DatumKey, DatumVersion> queue, int most, List<DatumNotice> into) {
        Iterator<Map.Entry<DatumKey, DatumVersion>> each = queue.entrySet().iterator();
        for (int i = 0; i < most && each.hasNext(); i++) {
            Map.Entry<DatumKey, DatumVersion> next = each.next();
            into.add(new DatumNotice(next.getKey().datacenter(), next.getKey().id(), next.getValue()));
            each.remove();
        }
    }

    private static DatumVersion newer(DatumVersion a, DatumVersion b) {
        return b.isAfter(a) ? b : a;
    }
}
