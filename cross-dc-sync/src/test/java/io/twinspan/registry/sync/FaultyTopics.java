package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementChannel;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Pull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Topics that lose, repeat, delay and spoil what is written, as long as they are told to, each reader for itself. */
final class FaultyTopics {
    private static final Duration USUAL_DELAY = Duration.ofMillis(5);

    private final SteppedLoop loop;
    private final Random random;
    private final List<Way> ways = new ArrayList<>();
    private boolean isFaulty;
    private boolean isDown;
    private boolean isOneWay;
    private int mostNewer;

    FaultyTopics(SteppedLoop loop, Random random) {
        this.loop = loop;
        this.random = random;
    }

    AnnouncementChannel channel(DatacenterId own) {
        return new Way(own);
    }

    void setFaulty(boolean hasFaults) {
        isFaulty = hasFaults;
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

    /** So many of the next records are of a later format. */
    void spoilNext(int records) {
        mostNewer = records;
    }

    /** What was written and not read is gone, and everybody is told. */
    void truncate() {
        for (Way way : ways) {
            way.lostUntil = loop.nanos() + USUAL_DELAY.toNanos();
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
            boolean isNewer = mostNewer > 0;
            mostNewer -= isNewer ? 1 : 0;
            for (Way way : List.copyOf(ways)) {
                if (!way.own.equals(own)) {
                    way.deliver(own, announcement, isNewer);
                }
            }
            return true;
        }

        @Override
        public boolean ask(Pull pull) {
            boolean isLost = isDown || isOneWay || (isFaulty && random.nextInt(5) == 0);
            if (!isLost) {
                for (Way way : List.copyOf(ways)) {
                    loop.schedule(USUAL_DELAY, () -> {
                        if (way.listener != null) {
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

        private void deliver(DatacenterId from, Announcement announcement, boolean isNewer) {
            int fate = isFaulty ? random.nextInt(20) : 19;
            int copies = fate < 2 ? 0 : fate < 4 ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                Duration delay =
                        isFaulty ? Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 400 : 10)) : USUAL_DELAY;
                long at = loop.nanos() + delay.toNanos();
                loop.schedule(delay, () -> {
                    AnnouncementListener told = listener;
                    if (told == null || isDown || at <= lostUntil) {
                        return;
                    }
                    if (isNewer) {
                        told.onUnreadable(from, 0, 1);
                    } else if (fate == 4) {
                        told.onUnreadable(from, 1, 0);
                    } else {
                        told.onAnnounced(from, List.of(announcement));
                    }
                });
            }
        }
    }
}
