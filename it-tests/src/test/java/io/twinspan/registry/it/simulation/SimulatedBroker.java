package io.twinspan.registry.it.simulation;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.announce.Pull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The Kafka cluster of one datacenter, with the topic of its announcements and that of the questions to it. */
final class SimulatedBroker {
    private static final Duration USUAL_DELAY = Duration.ofMillis(3);
    private static final Duration FAR_AHEAD = Duration.ofMinutes(10);

    /** How long a table may follow a record that was spoilt: until the next summary, and what is asked because of it. */
    private static final Duration SPOILT = Duration.ofSeconds(30);

    private final DatacenterId own;
    private final ManualClock time;
    private final ManualEventLoop agenda;
    private final Random random;
    private final SimulatedTopic<Announcement> announcements = new SimulatedTopic<>();
    private final SimulatedTopic<Pull> pulls = new SimulatedTopic<>();
    private final Set<FarFault> faults = EnumSet.noneOf(FarFault.class);
    private final Map<SlotId, Long> spoiltUntil = new HashMap<>();
    private final List<Runnable> onWay = new ArrayList<>();
    private Duration delay = USUAL_DELAY;
    private boolean isDown;

    SimulatedBroker(DatacenterId own, ManualClock time, Random random) {
        this.own = own;
        this.time = time;
        this.agenda = new ManualEventLoop(time);
        this.random = random;
    }

    SimulatedTopic<Announcement> announcements() {
        return announcements;
    }

    SimulatedTopic<Pull> pulls() {
        return pulls;
    }

    /** Told when it comes back or goes away, or the way to it does. */
    void onWay(Runnable looking) {
        onWay.add(looking);
    }

    void leave(Runnable looking) {
        onWay.remove(looking);
    }

    void wayChanged() {
        List.copyOf(onWay).forEach(Runnable::run);
    }

    boolean isDown() {
        return isDown;
    }

    void setDown(boolean isGone) {
        isDown = isGone;
        wayChanged();
    }

    /** How long a record takes to it, and from it. */
    Duration delay() {
        return delay;
    }

    void slow(Duration each) {
        delay = each;
    }

    void usualSpeed() {
        delay = USUAL_DELAY;
    }

    /** What is written from now on suffers this, one record in a few. */
    void begin(FarFault fault) {
        faults.add(fault);
    }

    void end(FarFault fault) {
        faults.remove(fault);
    }

    /** True while a peer's table may rightly follow a record that says something else than was written. */
    boolean isSpoilt(SlotId slot) {
        return spoiltUntil.getOrDefault(slot, Long.MIN_VALUE) > time.nanos();
    }

    /** Summaries, or what is asked because of them, may not get through for so long: that time does not count. */
    void hinder(Duration longer) {
        spoiltUntil.replaceAll((slot, until) -> until > time.nanos() ? until + longer.toNanos() : until);
    }

    void write(Announcement announcement) {
        if (isStruck(FarFault.RECORDS_LOST)) {
            return;
        }
        if (isStruck(FarFault.RECORDS_DUPLICATED)) {
            announcements.append(announcement, SimulatedTopic.Form.READABLE);
            Duration late = Duration.ofMillis(random.nextInt(random.nextBoolean() ? 50 : 12_000));
            agenda.schedule(late, () -> append(announcement, SimulatedTopic.Form.READABLE));
        }
        if (isStruck(FarFault.RECORDS_POISONED)) {
            append(announcement, SimulatedTopic.Form.POISONED);
        } else if (isStruck(FarFault.RECORDS_OF_A_FUTURE_VERSION)) {
            append(announcement, SimulatedTopic.Form.NEWER);
        } else if (isStruck(FarFault.RECORDS_REORDERED)) {
            Duration late = Duration.ofMillis(random.nextInt(random.nextInt(4) == 0 ? 4_000 : 150));
            agenda.schedule(late, () -> append(announcement, SimulatedTopic.Form.READABLE));
        } else {
            Announcement written = announcement instanceof Changed changed && isStruck(FarFault.VERSION_FAR_AHEAD)
                    ? farAhead(changed)
                    : announcement;
            append(written, SimulatedTopic.Form.READABLE);
        }
    }

    void write(Pull pull) {
        if (!isStruck(FarFault.RECORDS_LOST)) {
            pulls.append(pull, SimulatedTopic.Form.READABLE);
        }
        if (isStruck(FarFault.RECORDS_DUPLICATED)) {
            pulls.append(pull, SimulatedTopic.Form.READABLE);
        }
    }

    private void append(Announcement announcement, SimulatedTopic.Form form) {
        if (!announcements.isMissing()) {
            announcements.append(announcement, form);
        }
    }

    private boolean isStruck(FarFault fault) {
        return faults.contains(fault) && random.nextInt(3) == 0;
    }

    /** Of datums with publishers: roots leave emptied ones out, so nobody would miss what was really said of those. */
    private Announcement farAhead(Changed changed) {
        spoiltUntil.put(changed.slot(), time.nanos() + SPOILT.toNanos());
        List<DigestEntry> entries = changed.entries().stream()
                .map(each -> each.count() == 0
                        ? each
                        : new DigestEntry(each.id(), ahead(each.version()), each.count(), each.contentHash()))
                .toList();
        return new Changed(changed.sender(), changed.slot(), changed.order(), entries);
    }

    private static DatumVersion ahead(DatumVersion version) {
        long more = Stamp.atMillis(Stamp.EPOCH_MILLIS + FAR_AHEAD.toMillis()).value();
        return new DatumVersion(version.value() + more);
    }

    @Override
    public String toString() {
        return "broker of " + own;
    }
}
