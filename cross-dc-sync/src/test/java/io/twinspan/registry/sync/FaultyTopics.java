package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementChannel;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Pull;
import io.twinspan.registry.sync.announce.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Topics that lose, repeat, delay and spoil what is written, as long as they are told to, each reader for itself. */
final class FaultyTopics {
    private static final Duration USUAL_DELAY = Duration.ofMillis(5);
    private static final int LATEST_MILLIS = 400;

    /** What becomes of one record on its way to one reader. */
    enum Fate {
        READ,
        LOST,
        REPEATED,
        /** Read up to 400 ms later than others, and so out of order. */
        LATE,
        POISONED,
        /** Of a later format than the reader knows. */
        NEWER
    }

    private static final List<Fate> WELL = List.of(Fate.READ);
    private static final List<Fate> MIXED = Stream.of(
                    Collections.nCopies(13, Fate.READ),
                    List.of(Fate.LOST, Fate.LOST, Fate.REPEATED, Fate.REPEATED, Fate.LATE, Fate.LATE, Fate.POISONED))
            .flatMap(List::stream)
            .toList();

    private final SteppedLoop loop;
    private final Random random;
    private final List<Way> ways = new ArrayList<>();
    private final Map<DatacenterId, Integer> slotCounts = new HashMap<>();
    private List<Fate> fates = WELL;
    private Duration delay = USUAL_DELAY;
    private boolean isDown;
    private boolean isOneWay;
    private @Nullable DatacenterId deaf;
    private Fate nextFate = Fate.READ;
    private int nextCount;
    private @Nullable String spoiltNode;
    private Fate fateOfSpoiltNode = Fate.READ;

    FaultyTopics(SteppedLoop loop, Random random) {
        this.loop = loop;
        this.random = random;
    }

    AnnouncementChannel channel(DatacenterId own) {
        return new Way(own);
    }

    void setFaulty(boolean hasFaults) {
        fates = hasFaults ? MIXED : WELL;
    }

    /** One of these, by chance, for each record. */
    void setFates(Fate... each) {
        fates = List.of(each);
    }

    /** From being written to being read. */
    void setDelay(Duration time) {
        delay = time;
    }

    void setUsualDelay() {
        setDelay(USUAL_DELAY);
    }

    /** Nothing that the other side says reaches this one; null: everybody hears. */
    void setDeaf(@Nullable DatacenterId side) {
        deaf = side;
    }

    boolean isDeaf(DatacenterId side) {
        return side.equals(deaf);
    }

    /** What a datacenter says of itself, whatever is true. */
    void setSlotCount(DatacenterId side, int count) {
        slotCounts.put(side, count);
    }

    int slotCount(DatacenterId side) {
        return slotCounts.getOrDefault(side, SlotId.COUNT);
    }

    /** Nothing is written or read, and everybody is told. */
    void setDown(boolean isAway) {
        isDown = isAway;
        for (Way way : List.copyOf(ways)) {
            way.tellUp(!isAway);
        }
    }

    /** Announcements come, questions do not. */
    void setOneWay(boolean isCut) {
        isOneWay = isCut;
    }

    /** So many of the next records meet this, for all who read. */
    void spoilNext(int records, Fate how) {
        nextCount = records;
        nextFate = how;
    }

    /** All that one data node says meets this. */
    void setFateOf(String node, Fate how) {
        spoiltNode = node;
        fateOfSpoiltNode = how;
    }

    /** They are gone with all that was not read, and there again; everybody is told. */
    void remake() {
        setDown(true);
        truncate();
        setDown(false);
    }

    /** What was written and not read is gone, and everybody is told. */
    void truncate() {
        for (Way way : ways) {
            way.lostUntil = loop.nanos() + delay.toNanos();
            AnnouncementListener listener = way.listener;
            if (listener != null) {
                way.others().forEach(listener::onInDoubt);
            }
        }
    }

    private final class Way implements AnnouncementChannel {
        private final DatacenterId own;
        private long lostUntil;
        private @Nullable AnnouncementListener listener;

        Way(DatacenterId own) {
            this.own = own;
        }

        List<DatacenterId> others() {
            return ways.stream()
                    .map(way -> way.own)
                    .filter(each -> !each.equals(own))
                    .distinct()
                    .toList();
        }

        void tellUp(boolean isUp) {
            AnnouncementListener told = listener;
            if (told != null) {
                told.onWriting(isUp);
                for (DatacenterId peer : List.of(TwoSides.EAST, TwoSides.WEST)) {
                    if (!peer.equals(own)) {
                        told.onReading(peer, isUp);
                    }
                }
            }
        }

        @Override
        public void start(AnnouncementListener told) {
            listener = told;
            ways.add(this);
            tellUp(!isDown);
            List.of(TwoSides.EAST, TwoSides.WEST).stream()
                    .filter(each -> !each.equals(own))
                    .forEach(told::onInDoubt);
        }

        @Override
        public boolean offer(Announcement announcement) {
            if (isDown) {
                return false;
            }
            boolean isSpoilt = nextCount > 0;
            nextCount -= isSpoilt ? 1 : 0;
            Announcement said = asCounted(announcement);
            for (Way way : List.copyOf(ways)) {
                if (!way.own.equals(own)) {
                    way.deliver(own, said, isSpoilt ? nextFate : fateOf(said));
                }
            }
            return true;
        }

        private Fate fateOf(Announcement said) {
            Fate byChance = fates.get(random.nextInt(fates.size()));
            return said.sender().node().value().equals(spoiltNode) ? fateOfSpoiltNode : byChance;
        }

        @Override
        public boolean ask(Pull pull) {
            boolean isLost = isDown || isOneWay || (fates.contains(Fate.LOST) && random.nextInt(5) == 0);
            if (!isLost) {
                for (Way way : List.copyOf(ways)) {
                    loop.schedule(delay, () -> {
                        if (way.listener != null && !way.own.equals(deaf)) {
                            way.listener.onPull(pull);
                        }
                    });
                }
            }
            return !isDown;
        }

        @Override
        public void close() {
            listener = null;
            ways.remove(this);
        }

        private void deliver(DatacenterId from, Announcement announcement, Fate fate) {
            int copies = fate == Fate.LOST ? 0 : fate == Fate.REPEATED ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                Duration time = delay.plusMillis(
                        fate == Fate.LATE
                                ? random.nextInt(LATEST_MILLIS)
                                : fates.equals(WELL) ? 0 : copy * random.nextInt(LATEST_MILLIS));
                long at = loop.nanos() + time.toNanos();
                loop.schedule(time, () -> read(from, announcement, fate, at));
            }
        }

        private void read(DatacenterId from, Announcement announcement, Fate fate, long at) {
            AnnouncementListener told = listener;
            if (told == null || isDown || own.equals(deaf) || at <= lostUntil) {
                return;
            }
            switch (fate) {
                case NEWER -> told.onUnreadable(from, 0, 1);
                case POISONED -> told.onUnreadable(from, 1, 0);
                default -> told.onAnnounced(from, List.of(announcement));
            }
        }

        /** As a datacenter with another number of slots would say it. */
        private Announcement asCounted(Announcement announcement) {
            return announcement instanceof Summary said
                    ? new Summary(
                            said.sender(),
                            slotCount(own),
                            said.slots(),
                            said.isWhole(),
                            said.ledSlots(),
                            said.rootOfRoots())
                    : announcement;
        }
    }
}
