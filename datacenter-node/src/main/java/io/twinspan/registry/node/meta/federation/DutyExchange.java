package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.message.DutyHeld;
import io.twinspan.registry.message.OfferDuty;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What this datacenter knows of duty among its peers: offered to each of them every second while this meta leads, and what they
 * answer or offer is taken in. So both sides of a healed cut agree within seconds. Belongs to one event loop.
 */
public final class DutyExchange {
    /** Time between two offers to a peer. */
    public static final Duration EVERY = Duration.ofSeconds(1);

    /** How long a peer counts as following an epoch after it has said so. */
    public static final Duration HEARD_FOR = Duration.ofSeconds(5);

    private final FederationPorts ports;
    private final LocalDuty local;
    private final Map<DatacenterId, Line> lines = new TreeMap<>();
    private boolean isLeading;

    /** Says nothing before {@link #onLeadership}. */
    public DutyExchange(FederationPorts ports, FederationSettings settings, LocalDuty local) {
        this.ports = ports;
        this.local = local;
        ports.peers().keySet().forEach(peer -> lines.put(peer, new Line(new PeerMetas(peer, ports, settings))));
    }

    /**
     * How it stands with one peer.
     *
     * @param epoch that it said it follows; null when it has never been heard here, or knows none
     * @param heardMillisAgo negative when never
     * @param trouble why it is not heard, or does not believe us; empty when all is well
     */
    public record PeerDuty(DatacenterId peer, @Nullable FederationEpoch epoch, long heardMillisAgo, String trouble) {}

    /** This meta leads from now on, or no longer. */
    public void onLeadership(boolean leads) {
        isLeading = leads;
        lines.values().forEach(Line::stop);
        if (leads) {
            soon();
        }
    }

    /** Something was decided here: the peers are told at once. */
    public void soon() {
        if (isLeading) {
            lines.values().forEach(Line::offerNow);
        }
    }

    /** True for a datacenter that this one is configured to share with. */
    public boolean isPeer(DatacenterId datacenter) {
        return lines.containsKey(datacenter);
    }

    /** A peer offers what it knows. The stage fails when it is none, and when this meta does not lead. */
    public CompletionStage<DutyHeld> onOffer(OfferDuty offer) {
        Line line = lines.get(offer.from());
        if (line == null) {
            return CompletableFuture.failedFuture(new PeerException("datacenter " + offer.from()
                    + " is not configured as a peer here, so what it says of duty is not believed"));
        }
        return take(offer.state())
                .thenApplyAsync(
                        refusal -> {
                            if (refusal.isEmpty()) {
                                line.onHeard(offer.state());
                            }
                            return new DutyHeld(local.state(), refusal);
                        },
                        ports.loop());
    }

    /** A node of this datacenter remembers something, perhaps from before the metas lost their disks. */
    public void onRemembered(FederationState remembered) {
        take(remembered).thenAcceptAsync(refusal -> soon(), ports.loop());
    }

    /** What is known now, with the peers that have not confirmed it. */
    public FederationView view() {
        Set<DatacenterId> unconfirmed = new HashSet<>();
        lines.forEach((peer, line) -> {
            if (!line.follows(local.state().epoch())) {
                unconfirmed.add(peer);
            }
        });
        return new FederationView(ports.own(), local.state(), lines.isEmpty(), unconfirmed);
    }

    /** How long a peer has been heard without a gap of more than {@link #HEARD_FOR}; zero when it is not heard now. */
    public Duration calmFor(DatacenterId peer) {
        Line line = lines.get(peer);
        return line == null ? Duration.ZERO : line.calmFor();
    }

    /** How it stands with each peer. */
    public List<PeerDuty> peers() {
        return lines.values().stream().map(Line::standing).toList();
    }

    /**
     * Asks a meta of one peer for something, once. The stage fails with the reason when there is no answer.
     *
     * @param within how long the answer may take
     */
    public <R> CompletionStage<R> ask(DatacenterId peer, Request<R> question, Duration within) {
        Line line = lines.get(peer);
        if (line == null) {
            return CompletableFuture.failedFuture(new PeerException("datacenter " + peer + " is no peer"));
        }
        CompletableFuture<R> result = new CompletableFuture<>();
        line.metas.<R>call(question, within, (answer, trouble) -> {
            if (answer != null) {
                result.complete(answer);
            } else {
                result.completeExceptionally(new PeerException("datacenter " + peer + " does not answer: " + trouble));
            }
        });
        return result;
    }

    private CompletionStage<String> take(FederationState offered) {
        FederationState before = local.state();
        String refusal = before.refusal(offered);
        if (!refusal.isEmpty() || before.merge(offered).equals(before)) {
            return CompletableFuture.completedFuture(refusal);
        }
        return local.follow(offered);
    }

    /** The conversation with one peer. */
    private final class Line {
        private final PeerMetas metas;
        private @Nullable FederationState heard;
        private long heardNanos;
        private long calmSinceNanos;
        private String trouble = "";
        private boolean isAsking;
        private boolean isAgain;
        private EventLoop.@Nullable Timer next;

        Line(PeerMetas metas) {
            this.metas = metas;
        }

        void offerNow() {
            if (isAsking) {
                isAgain = true;
                return;
            }
            stop();
            isAsking = true;
            isAgain = false;
            metas.call(new OfferDuty(ports.own(), local.state()), this::onAnswer);
        }

        void stop() {
            if (next != null) {
                next.cancel();
                next = null;
            }
        }

        private void onAnswer(@Nullable DutyHeld answer, String failure) {
            isAsking = false;
            if (!isLeading) {
                return;
            }
            trouble = answer == null ? failure : answer.refusal();
            if (answer != null) {
                take(answer.state())
                        .whenCompleteAsync(
                                (refusal, failed) -> {
                                    if (failed == null && refusal.isEmpty()) {
                                        onHeard(answer.state());
                                    } else if (failed == null) {
                                        trouble = refusal;
                                    }
                                },
                                ports.loop());
            }
            if (isAgain) {
                offerNow();
            } else {
                next = ports.loop().schedule(EVERY, this::offerNow);
            }
        }

        void onHeard(FederationState state) {
            if (heard == null || age() > HEARD_FOR.toMillis()) {
                calmSinceNanos = ports.loop().nanos();
            }
            heard = state;
            heardNanos = ports.loop().nanos();
        }

        boolean follows(@Nullable FederationEpoch epoch) {
            FederationState last = heard;
            return last != null && age() <= HEARD_FOR.toMillis() && Objects.equals(last.epoch(), epoch);
        }

        Duration calmFor() {
            boolean isHeard = heard != null && age() <= HEARD_FOR.toMillis();
            return isHeard ? Duration.ofNanos(ports.loop().nanos() - calmSinceNanos) : Duration.ZERO;
        }

        PeerDuty standing() {
            FederationState last = heard;
            return new PeerDuty(metas.peer(), last == null ? null : last.epoch(), last == null ? -1 : age(), trouble);
        }

        private long age() {
            return Duration.ofNanos(ports.loop().nanos() - heardNanos).toMillis();
        }
    }
}
