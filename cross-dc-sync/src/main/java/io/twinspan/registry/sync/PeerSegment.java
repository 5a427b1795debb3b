package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.AnnouncementInbox;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.fetch.DatumFetcher;
import io.twinspan.registry.sync.fetch.FetchPlan;
import io.twinspan.registry.sync.fetch.FetchPlanner;
import io.twinspan.registry.sync.fetch.FetchedSegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one peer: what it has announced, what of it is wanted here, and the fetching of the difference. While the
 * peer's topic is being read from its beginning nothing is done about it: what it says there may long be over, and acting on it
 * would show subscribers the past, empty lists included. Belongs to the event loop of the sync.
 */
final class PeerSegment {
    private final DatacenterId peer;
    private final AnnouncementInbox inbox;
    private final DatumFetcher fetcher;
    private final ForeignDatums foreign;
    private final Predicate<DataInfoId> isWanted;
    private boolean isConnected;
    private boolean isCaughtUp;
    private @Nullable Long lastRecordMillis;

    PeerSegment(
            DatacenterId peer,
            AnnouncementInbox inbox,
            ForeignDatums foreign,
            Predicate<DataInfoId> isWanted,
            Function<FetchedSegment, DatumFetcher> fetcher) {
        this.peer = peer;
        this.inbox = inbox;
        this.foreign = foreign;
        this.isWanted = isWanted;
        this.fetcher = fetcher.apply(new Segment());
    }

    void onChanged(List<Changed> batch) {
        List<DigestEntry> news = new ArrayList<>();
        for (Changed announcement : batch) {
            lastRecordMillis = announcement.sentAt().millis();
            news.addAll(inbox.accept(announcement));
        }
        actOn(news.stream().filter(this::isStillNewest).toList());
    }

    void onCaughtUp() {
        isCaughtUp = true;
        actOn(inbox.all());
    }

    void onUnreadable(int records) {
        inbox.countUnreadable(records);
    }

    void onReading(boolean canRead) {
        isConnected = canRead;
    }

    void onInterest(Collection<DataInfoId> opened, Collection<DataInfoId> ended) {
        ended.forEach(fetcher::forget);
        List<DigestEntry> announced = new ArrayList<>();
        opened.forEach(id -> inbox.find(id).ifPresent(announced::add));
        actOn(announced);
    }

    void confirm(List<DataInfoId> ids) {
        fetcher.confirm(ids.stream()
                .filter(id -> foreign.policy(peer, id) != FetchPolicy.NEVER)
                .toList());
    }

    void replan() {
        actOn(inbox.all());
    }

    PeerStatus status() {
        return new PeerStatus(
                peer,
                isConnected,
                isCaughtUp,
                inbox.all().size(),
                inbox.accepted(),
                inbox.repeated(),
                inbox.refused(),
                fetcher.installed(),
                fetcher.confirmed(),
                fetcher.notAnswered(),
                fetcher.waiting(),
                lastRecordMillis,
                fetcher.status());
    }

    void close() {
        fetcher.close();
    }

    private boolean isStillNewest(DigestEntry entry) {
        return inbox.find(entry.id()).filter(entry::equals).isPresent();
    }

    private void actOn(Collection<DigestEntry> announced) {
        if (!isCaughtUp || announced.isEmpty()) {
            return;
        }
        FetchPlan plan = FetchPlanner.plan(announced, this::isFetched, id -> foreign.held(peer, id));
        emptied(plan.emptied());
        fetcher.fetch(plan.fetch());
        FetchPlan warm = FetchPlanner.plan(announced, this::isKeptWarm, id -> foreign.held(peer, id));
        emptied(warm.emptied().stream()
                .filter(entry -> !foreign.held(peer, entry.id()).equals(DatumVersion.NONE))
                .toList());
        fetcher.fetchWarm(warm.fetch());
    }

    private void emptied(List<DigestEntry> entries) {
        for (DigestEntry entry : entries) {
            fetcher.forget(entry.id());
            foreign.install(Datum.empty(peer, entry.id()).withVersion(entry.version()));
        }
    }

    private boolean isFetched(DataInfoId id) {
        return isWanted.test(id) && foreign.policy(peer, id) != FetchPolicy.NEVER;
    }

    private boolean isKeptWarm(DataInfoId id) {
        return !isWanted.test(id) && foreign.policy(peer, id) == FetchPolicy.WARM && foreign.isLedHere(id);
    }

    /** The peer's part of what is held. */
    private final class Segment implements FetchedSegment {
        @Override
        public DatacenterId peer() {
            return peer;
        }

        @Override
        public Leadership namedBy(DataInfoId id) {
            return inbox.leadershipOf(SlotId.of(id));
        }

        @Override
        public void corrected(DigestEntry entry, Leadership by) {
            inbox.correct(entry, by);
        }

        @Override
        public DatumVersion held(DataInfoId id) {
            return foreign.held(peer, id);
        }

        @Override
        public void install(Datum datum) {
            foreign.install(datum);
        }

        @Override
        public void confirmed(DataInfoId id, DatumVersion version) {
            foreign.confirmed(peer, id, version);
        }
    }
}
