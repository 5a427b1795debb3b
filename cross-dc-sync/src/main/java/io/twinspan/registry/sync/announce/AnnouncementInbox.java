package io.twinspan.registry.sync.announce;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one peer has announced: the newest version of each of its datums, one entry a service name. Within a slot only later
 * announcements are taken, and of one datum only higher versions, so repetition and disorder change nothing. Not thread-safe; it
 * belongs to one event loop.
 */
public final class AnnouncementInbox {
    private final DatacenterId peer;
    private final HybridClock clock;
    private final Map<DataInfoId, DigestEntry> newest = new HashMap<>();
    private final Map<SlotId, AnnouncementOrder> lastOrders = new HashMap<>();
    private long accepted;
    private long repeated;
    private long refused;

    /** @param clock merged with the stamp of what arrives, and asked what lies in the future */
    public AnnouncementInbox(DatacenterId peer, HybridClock clock) {
        this.peer = peer;
        this.clock = clock;
    }

    /**
     * Takes an announcement in. One that names another datacenter than the peer, our own included, is refused whole; an entry
     * whose version lies more than {@link HybridClock#MERGE_BOUND} in the future is refused alone.
     *
     * @return the entries that are news
     */
    public List<DigestEntry> accept(Changed announcement) {
        if (!announcement.datacenter().equals(peer)) {
            refused++;
            return List.of();
        }
        AnnouncementOrder last = lastOrders.get(announcement.slot());
        if (last != null && !announcement.order().isAfter(last)) {
            repeated++;
            return List.of();
        }
        clock.merge(announcement.sentAt());
        lastOrders.put(announcement.slot(), announcement.order());
        List<DigestEntry> news = new ArrayList<>();
        for (DigestEntry entry : announcement.entries()) {
            if (isTooFarAhead(entry)) {
                refused++;
            } else if (isNews(entry)) {
                newest.put(entry.id(), entry);
                accepted++;
                news.add(entry);
            }
        }
        return news;
    }

    /** Under whose leadership a slot was last announced; {@link Leadership#NONE} before the first. */
    public Leadership leadershipOf(SlotId slot) {
        AnnouncementOrder last = lastOrders.get(slot);
        return last == null ? Leadership.NONE : new Leadership(last.incarnation(), last.epoch());
    }

    /** A later leader than the one that announced has answered with this: it is so, although it may be older. */
    public void correct(DigestEntry entry, Leadership by) {
        if (by.isAfter(leadershipOf(SlotId.of(entry.id())))) {
            newest.put(entry.id(), entry);
        }
    }

    /** Counts records that could not even be read. */
    public void countUnreadable(int records) {
        refused += records;
    }

    /** The newest that was announced of a datum; empty when the peer has never named it. */
    public Optional<DigestEntry> find(DataInfoId id) {
        return Optional.ofNullable(newest.get(id));
    }

    /** Everything announced, newest only. A live view, for the event loop. */
    public Collection<DigestEntry> all() {
        return Collections.unmodifiableCollection(newest.values());
    }

    /** Entries that were news. */
    public long accepted() {
        return accepted;
    }

    /** Announcements at or below the last of their slot. */
    public long repeated() {
        return repeated;
    }

    /** Records unreadable or not the peer's own, and entries too far in the future. */
    public long refused() {
        return refused;
    }

    private boolean isNews(DigestEntry entry) {
        DigestEntry known = newest.get(entry.id());
        return known == null || entry.version().isAfter(known.version());
    }

    private boolean isTooFarAhead(DigestEntry entry) {
        return entry.version().stamp().millis() > clock.physicalMillis() + HybridClock.MERGE_BOUND.toMillis();
    }
}
