package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.message.FetchSlotRoots;
import io.twinspan.registry.message.SlotPlace;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.Verification.Difference;
import io.twinspan.registry.sync.Verification.Place;
import io.twinspan.registry.sync.Verification.Verdict;
import io.twinspan.registry.sync.announce.PeerTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Proves that what is known here of a peer is what that peer says, or names what is not. Roots are compared only at equal places in
 * the order, and a datum is named only when it is found to differ in the same way twice, so what is merely on its way is no alarm.
 * Belongs to the event loop of the sync.
 */
final class PeerVerifier {
    /** The longest that it takes. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final int ATTEMPTS = 10;

    private final DatacenterId peer;
    private final PeerTable table;
    private final ForeignDatums foreign;
    private final Set<DataInfoId> interest;
    private final DirectPath.Ports ports;

    /** @param interest what somebody here looks for, as it is at the time */
    PeerVerifier(
            DatacenterId peer,
            PeerTable table,
            ForeignDatums foreign,
            Set<DataInfoId> interest,
            DirectPath.Ports ports) {
        this.peer = peer;
        this.table = table;
        this.foreign = foreign;
        this.interest = interest;
        this.ports = ports;
    }

    /** Compares now; the consumer is told once. */
    void verify(boolean isDeep, Consumer<Verification> done) {
        new Run(isDeep, done).begin();
    }

    /** One comparison from its beginning to its end. */
    private final class Run {
        private final boolean isDeep;
        private final Consumer<Verification> done;
        private final Map<SlotId, Verification.OfSlot> verdicts = new TreeMap<>();
        private final List<Difference> differences = new ArrayList<>();
        private int attempts;
        private String problem = "";

        Run(boolean isDeep, Consumer<Verification> done) {
            this.isDeep = isDeep;
            this.done = done;
        }

        void begin() {
            attempts++;
            Map<Endpoint, Set<SlotId>> leaders = ports.clusters().leaders();
            if (leaders.isEmpty()) {
                ports.clusters().refresh();
                problem = "who leads in " + peer + " is not known";
                againOr(this::finish);
                return;
            }
            Map<SlotId, SlotRoot> asked = new HashMap<>();
            table.roots().forEach(root -> asked.put(root.slot(), root));
            List<SlotRoots> answers = new ArrayList<>();
            int[] open = {leaders.size()};
            leaders.forEach((leader, slots) -> {
                List<SlotPlace> places = slots.stream()
                        .flatMap(slot -> Optional.ofNullable(asked.get(slot)).stream())
                        .map(root -> new SlotPlace(root.slot(), root.order()))
                        .toList();
                ports.peers()
                        .call(leader, new FetchSlotRoots(SlotId.COUNT, places), ports.timeout())
                        .whenComplete((answer, failure) -> ports.loop().execute(() -> {
                            if (answer != null) {
                                answers.add(answer);
                            }
                            if (--open[0] == 0) {
                                judge(asked, answers, leaders.size());
                            }
                        }));
            });
        }

        private void judge(Map<SlotId, SlotRoot> asked, List<SlotRoots> answers, int leaders) {
            Map<SlotId, SlotRoot> now = new HashMap<>();
            Map<SlotId, SlotRoot> earlier = new HashMap<>();
            problem = answers.size() == leaders
                    ? ""
                    : (leaders - answers.size()) + " of " + leaders + " data nodes of " + peer + " do not answer";
            for (SlotRoots answer : answers) {
                if (answer.slotCount() != SlotId.COUNT) {
                    problem = peer + " divides its services into " + answer.slotCount()
                            + " slots, this datacenter into " + SlotId.COUNT;
                }
                answer.now().forEach(root -> now.put(root.slot(), root));
                answer.earlier().forEach(root -> earlier.put(root.slot(), root));
            }
            Map<SlotId, SlotRoot> here = new HashMap<>();
            table.roots().forEach(root -> here.put(root.slot(), root));
            for (int number = 0; number < SlotId.COUNT; number++) {
                SlotId slot = new SlotId(number);
                Verification.OfSlot before = verdicts.get(slot);
                if (before == null || before.verdict() == Verdict.NOT_COMPARABLE_YET) {
                    SlotRoot there = now.get(slot);
                    Verdict verdict = verdict(asked.get(slot), earlier.get(slot), here.get(slot), there);
                    verdicts.put(
                            slot,
                            new Verification.OfSlot(
                                    slot, verdict, Optional.ofNullable(here.get(slot)), Optional.ofNullable(there)));
                }
            }
            boolean isOpen = verdicts.values().stream().anyMatch(each -> each.verdict() == Verdict.NOT_COMPARABLE_YET);
            if (isOpen) {
                // Whoever was asked may not lead them any more.
                ports.clusters().refresh();
                againOr(this::nameDifferences);
            } else {
                nameDifferences();
            }
        }

        private Verdict verdict(
                @Nullable SlotRoot asked,
                @Nullable SlotRoot earlier,
                @Nullable SlotRoot here,
                @Nullable SlotRoot there) {
            if (here != null && there != null && here.order().equals(there.order())) {
                return of(here, there);
            }
            if (there != null) {
                Optional<SlotRoot> then = table.rootAt(there.slot(), there.order());
                if (then.isPresent()) {
                    return of(then.get(), there);
                }
            }
            return asked != null && earlier != null && asked.order().equals(earlier.order())
                    ? of(asked, earlier)
                    : Verdict.NOT_COMPARABLE_YET;
        }

        private static Verdict of(SlotRoot here, SlotRoot there) {
            return here.isSameContent(there) ? Verdict.AGREE : Verdict.DIFFER;
        }

        private void againOr(Runnable otherwise) {
            if (attempts < ATTEMPTS) {
                ports.loop().schedule(AGAIN, this::begin);
            } else {
                otherwise.run();
            }
        }

        private void nameDifferences() {
            List<SlotId> differing = verdicts.values().stream()
                    .filter(each -> each.verdict() == Verdict.DIFFER)
                    .map(Verification.OfSlot::slot)
                    .toList();
            nameTwice(differing, Place.ANNOUNCED, this::lookDeeper);
        }

        private void lookDeeper() {
            if (!isDeep) {
                finish();
                return;
            }
            nameTwice(
                    List.copyOf(verdicts.keySet()),
                    Place.THERE,
                    () -> foreign.holding(peer)
                            .whenComplete((held, failure) -> ports.loop().execute(() -> {
                                if (held == null) {
                                    note("what is held here of " + peer + " could not be read");
                                    finish();
                                } else {
                                    compareHeld(held);
                                    nameLate(held);
                                }
                            })));
        }

        private void note(String another) {
            problem = problem.isEmpty() ? another : problem + "; " + another;
        }

        private void noteUnread(Place place, int slots) {
            if (slots > 0) {
                note((place == Place.THERE ? "contents" : "announced versions") + " of " + slots + " slots of " + peer
                        + " could not be read");
            }
        }

        private void nameTwice(List<SlotId> slots, Place place, Runnable next) {
            SlotReading.Ports reading = new SlotReading.Ports(peer, table, ports);
            new SlotReading(reading, slots, place, first -> {
                        Set<SlotId> again = new TreeSet<>(first.unread());
                        first.found().forEach(each -> again.add(SlotId.of(each.id())));
                        if (again.isEmpty()) {
                            next.run();
                            return;
                        }
                        // Whoever was asked may not lead them any more.
                        ports.clusters().refresh();
                        Runnable secondLook = () -> new SlotReading(reading, List.copyOf(again), place, second -> {
                                    second.found().stream()
                                            .filter(first.found()::contains)
                                            .forEach(differences::add);
                                    noteUnread(place, second.unread().size());
                                    next.run();
                                })
                                .begin();
                        ports.loop().schedule(AGAIN.multipliedBy(2), secondLook);
                    })
                    .begin();
        }

        /** What somebody here wants and is held older than announced is on its way, unless it still is after a fetch's time. */
        private void nameLate(List<DigestEntry> held) {
            Map<DataInfoId, DigestEntry> late = new HashMap<>();
            for (DataInfoId id : interest) {
                table.find(id).filter(this::isLate).ifPresent(known -> late.put(id, known));
            }
            if (late.isEmpty()) {
                finish();
                return;
            }
            Map<DataInfoId, DigestEntry> before = new HashMap<>();
            held.forEach(entry -> before.put(entry.id(), entry));
            ports.loop().schedule(ports.timeout(), () -> {
                late.values().stream()
                        .filter(this::isLate)
                        .map(known -> new Difference(
                                known.id(),
                                Place.HELD,
                                Optional.of(known),
                                Optional.ofNullable(before.get(known.id()))))
                        .forEach(differences::add);
                finish();
            });
        }

        private boolean isLate(DigestEntry known) {
            DatumVersion here = foreign.held(peer, known.id());
            boolean isSomething = known.count() > 0 || !here.equals(DatumVersion.NONE);
            return isSomething
                    && known.version().isAfter(here)
                    && !table.isHeld(known.id())
                    && foreign.isLedHere(known.id())
                    && foreign.policy(peer, known.id()) != FetchPolicy.NEVER;
        }

        private void compareHeld(List<DigestEntry> held) {
            for (DigestEntry entry : held) {
                Optional<DigestEntry> known = table.find(entry.id());
                boolean isOther = known.filter(each -> each.version().equals(entry.version()))
                        .filter(each -> !each.equals(entry))
                        .isPresent();
                if (isOther) {
                    differences.add(new Difference(entry.id(), Place.HELD, known, Optional.of(entry)));
                }
            }
        }

        private void finish() {
            done.accept(new Verification(
                    peer,
                    isDeep,
                    problem,
                    List.copyOf(verdicts.values()),
                    differences.stream().limit(Verification.MOST_NAMED).toList()));
        }
    }
}
