package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.Root;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SlotDigest;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.announce.Full;
import io.twinspan.registry.sync.announce.Summary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Mistakes that the sync between datacenters could make, each made on purpose where a node listens to its peers or answers. */
enum PlantedFarFault implements Tampering {
    /** What an earlier leader said late is taken for the next thing that the present one says. */
    ACCEPT_A_LOWER_EPOCH(
            4, FarFault.RECORDS_REORDERED, FarFault.RECORDS_DUPLICATED, FarFault.LEADERS_CHANGE_IN_A_PULL) {
        @Override
        public AnnouncementListener listener(AnnouncementListener production) {
            Map<Place, AnnouncementOrder> heard = new HashMap<>();
            return new Overhearing(production, said -> {
                if (!(said instanceof Changed changed)) {
                    return List.of(said);
                }
                AnnouncementOrder last =
                        heard.getOrDefault(new Place(said.datacenter(), changed.slot()), changed.order());
                boolean isOfEarlier = last.leadership().isAfter(changed.order().leadership());
                AnnouncementOrder order = isOfEarlier ? last.next() : changed.order();
                heard.merge(new Place(said.datacenter(), changed.slot()), order, (a, b) -> b.isAfter(a) ? b : a);
                return List.of(new Changed(changed.sender(), changed.slot(), order, changed.entries()));
            });
        }
    },

    /** A whole slot that was frozen before a change is put in the place of what is there after it. */
    INSTALL_A_FULL_WHILE_CHANGES_ARRIVE(1, FarFault.RECORDS_LOST, FarFault.TOPIC_RECREATED) {
        @Override
        public AnnouncementListener listener(AnnouncementListener production) {
            Map<Place, Full> whole = new HashMap<>();
            return new Overhearing(production, said -> {
                if (said instanceof Full full && full.chunks() == 1) {
                    whole.put(new Place(said.datacenter(), full.slot()), full);
                    return List.of();
                }
                if (said instanceof Changed changed) {
                    Full before = whole.remove(new Place(said.datacenter(), changed.slot()));
                    return before == null ? List.of(said) : List.of(frozenAt(before, changed.order()));
                }
                List<Announcement> all = new ArrayList<>(whole.values());
                whole.clear();
                all.add(said);
                return all;
            });
        }
    },

    /** A datum that a whole slot does not name stays as it was. */
    TREAT_AN_ABSENT_ID_AS_OLDER(1, FarFault.PEER_REBUILT) {
        @Override
        public SimulatedNetwork.Tap tap() {
            return new SimulatedNetwork.Tap() {
                @Override
                @SuppressWarnings("unchecked") // an answer of the same kind in place of another one
                public <R> R onAnswer(Caller to, Request<R> request, R answer) {
                    if (answer instanceof SlotRoots roots) {
                        return (R) new SlotRoots(roots.node(), roots.slotCount(), aged(roots.now()), roots.earlier());
                    }
                    if (!(answer instanceof SlotDigest digest)) {
                        return answer;
                    }
                    SlotRoot frozen = digest.frozen();
                    return frozen == null
                            ? answer
                            : (R) new SlotDigest(
                                    digest.node(), aged(frozen), digest.part(), digest.parts(), digest.entries());
                }
            };
        }

        @Override
        public AnnouncementListener listener(AnnouncementListener production) {
            return new Overhearing(production, said -> {
                if (said instanceof Full full) {
                    return List.of(
                            new Full(full.sender(), aged(full.frozen()), full.chunk(), full.chunks(), full.entries()));
                }
                return said instanceof Summary all
                        ? List.of(new Summary(
                                all.sender(),
                                all.slotCount(),
                                aged(all.slots()),
                                all.isWhole(),
                                all.ledSlots(),
                                all.rootOfRoots()))
                        : List.of(said);
            });
        }
    },

    /** Whatever a peer's new meta group has not spoken of yet is taken for empty. */
    TAKE_A_NEW_INCARNATIONS_EMPTINESS(1, FarFault.PEER_REBUILT) {
        @Override
        public AnnouncementListener listener(AnnouncementListener production) {
            Map<DatacenterId, Incarnation> known = new HashMap<>();
            return new Overhearing(production, said -> {
                if (!(said instanceof Summary summary) || summary.slots().isEmpty()) {
                    return List.of(said);
                }
                AnnouncementOrder order = summary.slots().get(0).order();
                Incarnation before = known.put(said.datacenter(), order.incarnation());
                List<Announcement> all = new ArrayList<>();
                if (before != null && order.incarnation().compareTo(before) > 0) {
                    all.addAll(emptiness(summary, order));
                }
                all.add(said);
                return all;
            });
        }
    },

    /** An own entry goes as soon as a peer lists the same client, whoever lives behind it here. */
    SUPPRESS_AN_OWN_LIVE_ENTRY(1, FarFault.LINK_SLOW, FarFault.BROKER_SLOW) {
        @Override
        public SimulatedNetwork.Tap tap() {
            Map<DataInfoId, Map<DatacenterId, Datum>> held = new TreeMap<>();
            return new SimulatedNetwork.Tap() {
                @Override
                @SuppressWarnings("unchecked") // DatumAnswers in place of others
                public <R> R onAnswer(Caller to, Request<R> request, R answer) {
                    if (!(answer instanceof DatumAnswers given)) {
                        return answer;
                    }
                    return (R) new DatumAnswers(given.answers().stream()
                            .map(each -> each.datum() == null ? each : suppressed(each, each.datum(), to.datacenter()))
                            .toList());
                }

                private DatumAnswer suppressed(DatumAnswer given, Datum datum, DatacenterId own) {
                    Map<DatacenterId, Datum> all = held.computeIfAbsent(datum.id(), none -> new HashMap<>());
                    all.put(datum.datacenter(), datum);
                    Set<Object> elsewhere = new HashSet<>();
                    all.values().stream()
                            .filter(each -> !each.datacenter().equals(own))
                            .forEach(each -> each.publishers().forEach(one -> elsewhere.add(one.id())));
                    List<io.twinspan.registry.datum.Publisher> left = datum.publishers().stream()
                            .filter(each -> !elsewhere.contains(each.id()))
                            .toList();
                    boolean isOwn = datum.datacenter().equals(own);
                    return isOwn && left.size() < datum.publishers().size()
                            ? new DatumAnswer(
                                            datum.datacenter(),
                                            datum.id(),
                                            given.status(),
                                            given.isConfirmed(),
                                            given.version(),
                                            Datum.of(
                                                    datum.datacenter(),
                                                    datum.id(),
                                                    datum.version(),
                                                    left,
                                                    datum.tombstones()))
                                    .by(given.word())
                            : given;
                }
            };
        }
    };

    private record Place(DatacenterId datacenter, SlotId slot) {}

    private final long firstSeed;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<FarFault> kinds;

    /** @param firstSeed as in {@link PlantedFault} */
    PlantedFarFault(long firstSeed, FarFault... kinds) {
        this.firstSeed = firstSeed;
        this.kinds = List.of(kinds);
    }

    /** Where to begin to look for it. */
    long firstSeed() {
        return firstSeed;
    }

    @Override
    public Climate climate(Climate any) {
        return Climate.FEDERATION;
    }

    @Override
    public List<FarFault> kinds(List<FarFault> any) {
        return kinds;
    }

    private static Full frozenAt(Full full, AnnouncementOrder order) {
        SlotRoot was = full.frozen();
        SlotRoot later = new SlotRoot(was.slot(), order, was.count(), was.root(), was.watermark());
        return new Full(full.sender(), later, full.chunk(), full.chunks(), full.entries());
    }

    private static SlotRoot aged(SlotRoot root) {
        return new SlotRoot(root.slot(), root.order(), root.count(), root.root(), DatumVersion.NONE);
    }

    private static List<SlotRoot> aged(List<SlotRoot> roots) {
        return roots.stream().map(PlantedFarFault::aged).toList();
    }

    private static List<Announcement> emptiness(Summary summary, AnnouncementOrder order) {
        DatumVersion now = summary.slots().stream()
                .map(SlotRoot::watermark)
                .max(DatumVersion::compareTo)
                .orElseThrow();
        List<Announcement> all = new ArrayList<>();
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            AnnouncementOrder first = new AnnouncementOrder(order.incarnation(), order.epoch(), 0);
            SlotRoot nothing = new SlotRoot(new SlotId(slot), first, 0, Root.ZERO, now);
            all.add(new Full(summary.sender(), nothing, 0, 1, List.<DigestEntry>of()));
        }
        return all;
    }

    /** What it found is a sign of it, whichever checker it was. */
    boolean isSign(@Nullable String violation) {
        return violation != null && !violation.contains("a fault in a node");
    }
}
