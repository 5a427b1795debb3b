package io.twinspan.registry.sync;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.digest.Root;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.message.FetchSlotDigest;
import io.twinspan.registry.message.FetchSlotRoots;
import io.twinspan.registry.message.SlotDigest;
import io.twinspan.registry.message.SlotPlace;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.Full;
import io.twinspan.registry.sync.announce.PeerTable;
import io.twinspan.registry.sync.announce.Sender;
import io.twinspan.registry.sync.announce.Summary;
import io.twinspan.registry.sync.fetch.PeerClusters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The questions that otherwise go through Kafka, asked of the nodes that lead a peer's slots. An answer is taken as if it had been
 * announced. Belongs to the event loop of the sync.
 */
final class DirectPath {
    /** Most slots that are being asked for at one time. */
    private static final int IN_FLIGHT = 8;

    /** Wait until it is looked again whether it is known who leads there. */
    private static final Duration LEADERS_PAUSE = Duration.ofMillis(500);

    /** What it works with. */
    record Ports(HybridClock clock, EventLoop loop, PeerClient peers, PeerClusters clusters, Duration timeout) {}

    private final PeerTable table;
    private final Ports ports;
    private final Consumer<Announcement> taker;
    private final Deque<SlotId> waiting = new ArrayDeque<>();
    private final Set<SlotId> asked = new HashSet<>();
    private boolean isClosed;
    private boolean isWaiting;
    private boolean areRootsDue;

    /** @param table what is known of the peer, which the answers are compared with */
    DirectPath(PeerTable table, Ports ports, Consumer<Announcement> taker) {
        this.table = table;
        this.ports = ports;
        this.taker = taker;
    }

    /** Asks every node that leads slots what they come to, and what they came to at the places known here. */
    void askRoots() {
        askRoots(led -> true);
    }

    /** The same of the nodes that lead any of these slots, if it is known which they are. */
    void askRoots(Set<SlotId> slots) {
        askRoots(led -> !Collections.disjoint(led, slots));
    }

    private void askRoots(Predicate<Set<SlotId>> isAsked) {
        // Asked each time: after a cut long enough to come here, who leads there may be another.
        ports.clusters().refresh();
        Map<Endpoint, Set<SlotId>> leaders = ports.clusters().leaders();
        if (leaders.isEmpty()) {
            areRootsDue = true;
            waitForLeaders();
            return;
        }
        areRootsDue = false;
        leaders.forEach((leader, led) -> {
            if (isAsked.test(led)) {
                ports.peers()
                        .call(leader, new FetchSlotRoots(SlotId.COUNT, places(led)), ports.timeout())
                        .whenComplete((answer, failure) -> ports.loop().execute(() -> onRoots(answer)));
            }
        });
    }

    /** Where these slots are here: a busy one is elsewhere by the time it is asked, and would never be compared at an equal place. */
    private List<SlotPlace> places(Set<SlotId> slots) {
        return table.roots().stream()
                .filter(root -> slots.contains(root.slot()))
                .map(root -> new SlotPlace(root.slot(), root.order()))
                .toList();
    }

    /** Asks for all that these slots hold. */
    void askSlots(Set<SlotId> slots) {
        for (SlotId slot : slots) {
            if (asked.add(slot)) {
                waiting.add(slot);
            }
        }
        send();
    }

    void close() {
        isClosed = true;
        waiting.clear();
    }

    private void send() {
        while (!isClosed && !waiting.isEmpty() && asked.size() - waiting.size() < IN_FLIGHT) {
            SlotId slot = waiting.removeFirst();
            Endpoint leader = ports.clusters().leaderOf(slot).orElse(null);
            if (leader == null) {
                waiting.addFirst(slot);
                ports.clusters().refresh();
                waitForLeaders();
                return;
            }
            ask(leader, new FetchSlotDigest(slot, null, 0));
        }
    }

    private void waitForLeaders() {
        if (!isWaiting) {
            isWaiting = true;
            ports.loop().schedule(LEADERS_PAUSE, () -> {
                isWaiting = false;
                if (!isClosed && areRootsDue) {
                    askRoots();
                }
                send();
            });
        }
    }

    private void ask(Endpoint leader, FetchSlotDigest request) {
        ports.peers()
                .call(leader, request, ports.timeout())
                .whenComplete((answer, failure) -> ports.loop().execute(() -> onDigest(leader, request, answer)));
    }

    private void onRoots(@Nullable SlotRoots answer) {
        if (isClosed || answer == null) {
            return;
        }
        Root all = Root.ZERO;
        for (SlotRoot root : answer.now()) {
            all = all.plus(Root.of(root));
        }
        Sender sender = new Sender(table.peer(), answer.node(), ports.clock().latest());
        List<SlotRoot> inOrder = new ArrayList<>(answer.earlier());
        inOrder.addAll(answer.now());
        taker.accept(new Summary(
                sender, answer.slotCount(), inOrder, true, answer.now().size(), all));
    }

    private void onDigest(Endpoint leader, FetchSlotDigest request, @Nullable SlotDigest answer) {
        if (isClosed) {
            return;
        }
        SlotRoot frozen = answer == null ? null : answer.frozen();
        if (answer == null || frozen == null || !frozen.slot().equals(request.slot())) {
            asked.remove(request.slot());
            ports.clusters().refresh();
        } else {
            Sender sender =
                    new Sender(table.peer(), answer.node(), ports.clock().latest());
            taker.accept(new Full(sender, frozen, answer.part(), answer.parts(), answer.entries()));
            if (answer.part() + 1 < answer.parts()) {
                ask(leader, new FetchSlotDigest(request.slot(), frozen.order(), answer.part() + 1));
                return;
            }
            asked.remove(request.slot());
        }
        send();
    }
}
