package io.twinspan.registry.node.resolver;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.message.FetchLiveSessions;
import io.twinspan.registry.message.LiveSessions;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.time.Duration;
import java.util.List;

/**
 * The living sessions of one datacenter, as its metas tell them. A meta answers at once when something has changed and otherwise after
 * a while, so that little crosses the link and news is quick; one that does not answer is followed by the next. Belongs to its event
 * loop.
 */
final class SiteWatch {
    /** Longer than a meta keeps the question. */
    private static final Duration WITHIN = FetchLiveSessions.HOLD.plusSeconds(1);

    private static final Duration RETRY = Duration.ofMillis(200);

    private final DatacenterId datacenter;
    private final List<Endpoint> metas;
    private final EventLoop loop;
    private final PeerClient peers;
    private final Runnable onChange;
    private int asked;
    private int failures;
    private long mark;
    private boolean isClosed;
    private List<Member> sessions = List.of();

    SiteWatch(DatacenterId datacenter, List<Endpoint> metas, EventLoop loop, PeerClient peers, Runnable onChange) {
        this.datacenter = datacenter;
        this.metas = List.copyOf(metas);
        this.loop = loop;
        this.peers = peers;
        this.onChange = onChange;
    }

    void start() {
        ask();
    }

    void close() {
        isClosed = true;
    }

    DatacenterId datacenter() {
        return datacenter;
    }

    /** Those that lived when last heard of. */
    List<Member> sessions() {
        return sessions;
    }

    /** Where its metas answer. */
    List<Endpoint> metas() {
        return metas;
    }

    /** False when none of its metas has answered lately. */
    boolean isHeard() {
        return mark != 0 && failures < metas.size();
    }

    private void ask() {
        if (isClosed) {
            return;
        }
        peers.call(metas.get(asked), new FetchLiveSessions(failures == 0 ? mark : 0), WITHIN)
                .whenComplete((answer, failure) -> loop.execute(() -> {
                    if (answer == null) {
                        onFailure();
                    } else {
                        onAnswer(answer);
                    }
                }));
    }

    private void onAnswer(LiveSessions answer) {
        boolean isOther = failures > 0 || answer.mark() != mark;
        failures = 0;
        if (!answer.datacenter().equals(datacenter)) {
            onFailure();
            return;
        }
        mark = answer.mark();
        if (isOther) {
            sessions = answer.sessions();
            onChange.run();
        }
        ask();
    }

    private void onFailure() {
        failures++;
        asked = (asked + 1) % metas.size();
        if (failures == metas.size()) {
            onChange.run();
        }
        loop.schedule(RETRY, this::ask);
    }
}
