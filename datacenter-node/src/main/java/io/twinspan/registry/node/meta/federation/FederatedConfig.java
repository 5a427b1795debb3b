package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.CompareProvided;
import io.twinspan.registry.message.OfferProvided;
import io.twinspan.registry.message.ProvidedComparison;
import io.twinspan.registry.message.ProvidedDigest;
import io.twinspan.registry.message.ProvidedHeld;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This datacenter's configuration among its peers': one conversation with each while this meta leads. */
public final class FederatedConfig {
    private static final Logger LOG = LoggerFactory.getLogger(FederatedConfig.class);

    /** A call that fails sooner was not taken by anybody. */
    private static final Duration AT_ONCE = Duration.ofMillis(300);

    private record Conversation(PeerMetas metas, PeerOffers offers, PeerComparison comparison) {}

    private final FederationPorts ports;
    private final FederationSettings settings;
    private final LocalConfig local;
    private final Digests digests;
    private final Map<DatacenterId, Conversation> conversations = new TreeMap<>();
    private final Deque<ConfigConflict> conflicts = new ArrayDeque<>();

    /** Says nothing before {@link #onLeadership}. */
    public FederatedConfig(FederationPorts ports, FederationSettings settings, LocalConfig local) {
        this.ports = ports;
        this.settings = settings;
        this.local = local;
        this.digests = new Digests(local);
        ports.peers().keySet().forEach(peer -> conversations.put(peer, conversation(peer)));
    }

    /** This meta leads from now on, or no longer. */
    public void onLeadership(boolean leads) {
        conversations.values().forEach(each -> {
            if (leads) {
                each.offers.open();
                each.comparison.open();
            } else {
                each.offers.close();
                each.comparison.close();
            }
        });
    }

    /** True for a datacenter that this one is configured to share with. */
    public boolean isPeer(DatacenterId datacenter) {
        return conversations.containsKey(datacenter);
    }

    /**
     * A value was stored here under a version of its own; offers it to every peer.
     *
     * @return for each peer, after a bounded wait, an empty text when it has the value, else why it has not
     */
    public CompletionStage<Map<DatacenterId, String>> spread(ProvidedValue value) {
        Map<DatacenterId, String> answers = new TreeMap<>();
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (Map.Entry<DatacenterId, Conversation> each : conversations.entrySet()) {
            CompletionStage<String> answer = each.getValue().offers.offerAndWait(value);
            all = all.thenCombine(answer, (done, text) -> {
                answers.put(each.getKey(), text);
                return null;
            });
        }
        return all.thenApply(done -> answers);
    }

    /** A peer offers values. The stage fails when this meta does not lead. */
    public CompletionStage<ProvidedHeld> onOffer(OfferProvided offer) {
        return adopt(offer.values(), offer.from())
                .thenApply(done -> new ProvidedHeld(offer.values().stream()
                        .map(value -> {
                            ProvidedValue held = local.values().get(value.id());
                            return held == null ? ProvidedDigest.none(value.id()) : ProvidedDigest.of(held);
                        })
                        .toList()));
    }

    /** A peer compares. */
    public ProvidedComparison onCompare(CompareProvided question) {
        if (question.root() == digests.root()) {
            return ProvidedComparison.EQUAL;
        }
        if (question.isRootOnly()) {
            return ProvidedComparison.DIFFERENT;
        }
        List<ProvidedValue> newer = ConfigMerge.newer(local.values(), question.entries());
        List<ProvidedValue> fitting = new ArrayList<>();
        long length = 0;
        for (ProvidedValue value : newer) {
            String data = value.data();
            length += data == null ? 0 : data.length();
            if (!fitting.isEmpty() && (length > settings.mostLength() || fitting.size() >= settings.mostValues())) {
                break;
            }
            fitting.add(value);
        }
        return new ProvidedComparison(
                false, fitting, ConfigMerge.wanted(local.values(), question.entries()), fitting.size() < newer.size());
    }

    /** How each peer stands. */
    public List<PeerStanding> standings() {
        return conversations.values().stream()
                .map(each -> each.comparison.standing(each.offers.queued()))
                .toList();
    }

    /** The last conflicts found here, the newest first. */
    public List<ConfigConflict> conflicts() {
        return List.copyOf(conflicts);
    }

    /** Asks a meta of each peer; an answer that does not come is left out of the map. */
    public <R> CompletionStage<Map<DatacenterId, R>> askAll(Request<R> question) {
        Map<DatacenterId, R> answers = new TreeMap<>();
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (Map.Entry<DatacenterId, Conversation> each : conversations.entrySet()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            each.getValue().metas.<R>call(question, (answer, trouble) -> {
                if (answer != null) {
                    answers.put(each.getKey(), answer);
                }
                done.complete(null);
            });
            all = all.thenCombine(done, (first, second) -> null);
        }
        return all.thenApply(done -> answers);
    }

    /**
     * Asks a meta of one peer for something, once: the next one only when the first does not even take the question. The stage fails
     * with the reason when there is no answer.
     *
     * @param within how long the answer may take
     */
    public <R> CompletionStage<R> ask(DatacenterId peer, Request<R> question, Duration within) {
        Conversation conversation = conversations.get(peer);
        if (conversation == null) {
            return CompletableFuture.failedFuture(new PeerException("datacenter " + peer + " is no peer"));
        }
        CompletableFuture<R> result = new CompletableFuture<>();
        ask(conversation.metas, question, within, conversation.metas.count(), result);
        return result;
    }

    private <R> void ask(
            PeerMetas metas, Request<R> question, Duration within, int tries, CompletableFuture<R> result) {
        long began = ports.loop().nanos();
        metas.<R>call(question, within, (answer, trouble) -> {
            if (answer != null) {
                result.complete(answer);
            } else if (tries > 1 && ports.loop().nanos() - began < AT_ONCE.toNanos()) {
                ask(metas, question, within, tries - 1, result);
            } else {
                result.completeExceptionally(new PeerException(trouble));
            }
        });
    }

    private Conversation conversation(DatacenterId peer) {
        PeerMetas metas = new PeerMetas(peer, ports, settings);
        PeerOffers offers = new PeerOffers(metas, ports, settings, () -> compareSoon(peer));
        PeerComparison comparison = new PeerComparison(metas, ports, settings, digests, new PeerComparison.Repair() {
            @Override
            public void take(List<ProvidedValue> newer, Runnable done) {
                adopt(newer, peer).whenCompleteAsync((adopted, failure) -> done.run(), ports.loop());
            }

            @Override
            public void give(List<DataInfoId> wanted) {
                Map<DataInfoId, ProvidedValue> values = local.values();
                wanted.stream()
                        .flatMap(id -> java.util.stream.Stream.ofNullable(values.get(id)))
                        .forEach(offers::offer);
            }
        });
        return new Conversation(metas, offers, comparison);
    }

    private void compareSoon(DatacenterId peer) {
        Conversation conversation = conversations.get(peer);
        if (conversation != null) {
            conversation.comparison.soon();
        }
    }

    private CompletionStage<Void> adopt(List<ProvidedValue> values, DatacenterId from) {
        ConfigMerge merge = ConfigMerge.decide(local.values(), values);
        merge.decided().forEach(next -> onConflict(from, next, merge.lost().contains(next.id())));
        CompletionStage<Void> newer = merge.newer().isEmpty()
                ? CompletableFuture.completedFuture(null)
                : local.adopt(merge.newer(), from, "from " + from);
        return merge.decided().isEmpty()
                ? newer
                : newer.thenCompose(done -> local.adopt(merge.decided(), from, "conflict with " + from + " decided"));
    }

    private void onConflict(DatacenterId from, ProvidedValue next, boolean isLost) {
        ConfigConflict conflict =
                new ConfigConflict(ports.clock().physicalMillis(), from, next.id(), next.version() - 1, !isLost);
        LOG.warn(
                "configuration conflict: two contents of one version id={} version={} peer={} kept={} asVersion={}",
                next.id(),
                conflict.version(),
                from,
                isLost ? from : ports.own(),
                next.version());
        conflicts.addFirst(conflict);
        if (conflicts.size() > settings.mostConflicts()) {
            conflicts.removeLast();
        }
    }
}
