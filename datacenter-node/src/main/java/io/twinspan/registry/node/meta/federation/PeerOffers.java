package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.OfferProvided;
import io.twinspan.registry.message.ProvidedDigest;
import io.twinspan.registry.message.ProvidedHeld;
import io.twinspan.registry.message.ProvidedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What is on its way to one peer: of each value the newest version only, one call at a time, tried again until the peer has
 * answered. Whoever waits for the peer to have a value is answered within a bound.
 */
final class PeerOffers {
    /** One who waits. */
    private record Waiter(DataInfoId id, long version, CompletableFuture<String> answer) {}

    private final PeerMetas metas;
    private final FederationPorts ports;
    private final FederationSettings settings;
    private final Runnable onDifference;
    private final Map<DataInfoId, ProvidedValue> queue = new LinkedHashMap<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private boolean isSending;
    private boolean isOpen;
    private int failures;

    /** @param onDifference told when the peer turns out to hold something else than it was offered */
    PeerOffers(PeerMetas metas, FederationPorts ports, FederationSettings settings, Runnable onDifference) {
        this.metas = metas;
        this.ports = ports;
        this.settings = settings;
        this.onDifference = onDifference;
    }

    void open() {
        isOpen = true;
    }

    /** This meta leads no more; whoever leads now compares. */
    void close() {
        isOpen = false;
        queue.clear();
        settle(waiters, "this meta stopped leading; the next one compares");
        waiters.clear();
    }

    int queued() {
        return queue.size();
    }

    /** Offers a value. False when there is no room; the comparison finds it. */
    boolean offer(ProvidedValue value) {
        if (!isOpen || (queue.size() >= settings.mostQueued() && !queue.containsKey(value.id()))) {
            return false;
        }
        queue.merge(value.id(), value, (a, b) -> a.version() > b.version() ? a : b);
        send();
        return true;
    }

    /** Offers a value and waits a while. The answer is empty when the peer has it, else why it has not. */
    CompletionStage<String> offerAndWait(ProvidedValue value) {
        if (!offer(value) || waiters.size() >= settings.mostWaiting()) {
            return CompletableFuture.completedFuture("too much waits for this peer; the comparison brings it");
        }
        Waiter waiter = new Waiter(value.id(), value.version(), new CompletableFuture<>());
        waiters.add(waiter);
        ports.loop().schedule(settings.answerWithin(), () -> {
            if (waiters.remove(waiter)) {
                waiter.answer.complete(
                        "not yet, and tried on" + (metas.trouble().isEmpty() ? "" : ": " + metas.trouble()));
            }
        });
        return waiter.answer;
    }

    private void send() {
        if (isSending || !isOpen || queue.isEmpty()) {
            return;
        }
        List<ProvidedValue> batch = batch();
        isSending = true;
        metas.call(new OfferProvided(ports.own(), batch), (answer, failure) -> {
            isSending = false;
            if (!isOpen) {
                return;
            }
            if (answer == null || answer.held().size() != batch.size()) {
                failures++;
                ports.loop().schedule(settings.retryDelay(failures - 1), this::send);
                return;
            }
            failures = 0;
            onHeld(batch, answer);
            send();
        });
    }

    private List<ProvidedValue> batch() {
        List<ProvidedValue> batch = new ArrayList<>();
        long length = 0;
        for (ProvidedValue value : queue.values()) {
            String data = value.data();
            length += data == null ? 0 : data.length();
            if (!batch.isEmpty() && (length > settings.mostLength() || batch.size() >= settings.mostValues())) {
                break;
            }
            batch.add(value);
        }
        return batch;
    }

    private void onHeld(List<ProvidedValue> batch, ProvidedHeld answer) {
        boolean isDifferent = false;
        for (int i = 0; i < batch.size(); i++) {
            ProvidedValue offered = batch.get(i);
            ProvidedDigest held = answer.held().get(i);
            queue.computeIfPresent(
                    offered.id(), (id, waiting) -> waiting.version() > offered.version() ? waiting : null);
            boolean isSame = held.version() == offered.version() && held.contentHash() == offered.contentHash();
            isDifferent |= !isSame;
            settle(offered, isSame ? "" : difference(offered, held));
        }
        if (isDifferent) {
            onDifference.run();
        }
    }

    private static String difference(ProvidedValue offered, ProvidedDigest held) {
        if (held.version() < offered.version()) {
            return "refused; its limits are lower";
        }
        return held.version() > offered.version()
                ? "has version " + held.version() + " already, which comes here and takes the place of this one"
                : "has other data under the same version";
    }

    private void settle(ProvidedValue offered, String answer) {
        List<Waiter> done = waiters.stream()
                .filter(waiter -> waiter.id.equals(offered.id()) && waiter.version <= offered.version())
                .toList();
        waiters.removeAll(done);
        settle(done, answer);
    }

    private static void settle(List<Waiter> done, String answer) {
        done.forEach(waiter -> waiter.answer.complete(answer));
    }
}
