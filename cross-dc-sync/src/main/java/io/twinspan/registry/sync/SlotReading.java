package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.message.FetchSlotContent;
import io.twinspan.registry.message.FetchSlotDigest;
import io.twinspan.registry.message.SlotContent;
import io.twinspan.registry.message.SlotDigest;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.Verification.Difference;
import io.twinspan.registry.sync.Verification.Place;
import io.twinspan.registry.sync.announce.PeerTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads slots of a peer datum by datum, and compares them with what is known here. A slot that nobody there answers for, or not to
 * its end, is unread. Belongs to the event loop of the sync.
 */
final class SlotReading {
    /** What it works with. */
    record Ports(DatacenterId peer, PeerTable table, DirectPath.Ports direct) {}

    /** What came of it. */
    record Result(List<Difference> found, Set<SlotId> unread) {}

    /** Most slots read at one time. */
    private static final int IN_FLIGHT = 8;

    private final Ports ports;
    private final Place place;
    private final Consumer<Result> done;
    private final Deque<SlotId> waiting;
    private final List<Difference> found = new ArrayList<>();
    private final Set<SlotId> unread = new TreeSet<>();
    private int inFlight;

    /** @param place {@link Place#ANNOUNCED}: what is announced there is read; else what is really held there */
    SlotReading(Ports ports, List<SlotId> slots, Place place, Consumer<Result> done) {
        this.ports = ports;
        this.place = place;
        this.done = done;
        this.waiting = new ArrayDeque<>(slots);
    }

    void begin() {
        while (inFlight < IN_FLIGHT && !waiting.isEmpty()) {
            SlotId slot = waiting.removeFirst();
            Optional<Endpoint> leader = ports.direct().clusters().leaderOf(slot);
            if (leader.isPresent()) {
                inFlight++;
                OneSlot one = new OneSlot(slot, leader.get());
                if (place == Place.ANNOUNCED) {
                    one.readDigest(null, 0);
                } else {
                    one.readContent(null);
                }
            } else {
                unread.add(slot);
            }
        }
        if (inFlight == 0 && waiting.isEmpty()) {
            done.accept(new Result(found, unread));
        }
    }

    private void onRead(SlotId slot, List<DigestEntry> theirs) {
        Map<DataInfoId, DigestEntry> there = new HashMap<>();
        theirs.forEach(entry -> there.put(entry.id(), entry));
        for (DigestEntry known : ports.table().entries(slot)) {
            DigestEntry entry = there.remove(known.id());
            // An emptied datum may have been forgotten on either side.
            boolean isEmptyThere = entry == null || entry.count() == 0;
            boolean isSame = isEmptyThere ? known.count() == 0 : known.equals(entry);
            if (!isSame) {
                found.add(new Difference(known.id(), place, Optional.of(known), Optional.ofNullable(entry)));
            }
        }
        for (DigestEntry entry : there.values()) {
            if (entry.count() > 0) {
                found.add(new Difference(entry.id(), place, Optional.empty(), Optional.of(entry)));
            }
        }
    }

    private void onEnd() {
        inFlight--;
        begin();
    }

    /** One slot, page by page. */
    private final class OneSlot {
        private final SlotId slot;
        private final Endpoint leader;
        private final List<DigestEntry> read = new ArrayList<>();

        OneSlot(SlotId slot, Endpoint leader) {
            this.slot = slot;
            this.leader = leader;
        }

        void readDigest(@Nullable AnnouncementOrder at, int part) {
            ports.direct()
                    .peers()
                    .call(
                            leader,
                            new FetchSlotDigest(slot, at, part),
                            ports.direct().timeout())
                    .whenComplete((answer, failure) -> ports.direct().loop().execute(() -> onDigest(answer)));
        }

        void readContent(@Nullable DataInfoId after) {
            ports.direct()
                    .peers()
                    .call(
                            leader,
                            new FetchSlotContent(slot, after),
                            ports.direct().timeout())
                    .whenComplete((answer, failure) -> ports.direct().loop().execute(() -> onContent(answer)));
        }

        private void onDigest(@Nullable SlotDigest answer) {
            SlotRoot frozen = answer == null ? null : answer.frozen();
            if (answer == null || frozen == null) {
                unread.add(slot);
                onEnd();
                return;
            }
            read.addAll(answer.entries());
            if (answer.part() + 1 < answer.parts()) {
                readDigest(frozen.order(), answer.part() + 1);
            } else {
                onRead(slot, read);
                onEnd();
            }
        }

        private void onContent(@Nullable SlotContent answer) {
            if (answer == null || !answer.isLed()) {
                unread.add(slot);
                onEnd();
                return;
            }
            read.addAll(answer.entries());
            if (answer.hasMore() && !answer.entries().isEmpty()) {
                readContent(read.get(read.size() - 1).id());
            } else {
                onRead(slot, read);
                onEnd();
            }
        }
    }
}
