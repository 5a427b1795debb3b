package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.DatumsChanged;
import io.twinspan.registry.message.Done;
import io.twinspan.registry.message.DropInterest;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.Interest;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.RenewSession;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SessionDifferences;
import io.twinspan.registry.message.SessionDigests;
import io.twinspan.registry.message.SessionSlotDigest;
import io.twinspan.registry.message.SyncInterest;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.VersionMint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The leader of every slot, reduced to what a session can tell: the real merge rule, interest, notices and sums of one session. */
final class FakeDataNode {
    final List<Request<?>> received = new ArrayList<>();
    boolean leads = true;
    boolean isWarming;
    /** How much content there is in one answer; the first is always given. */
    long answerBytes = Long.MAX_VALUE;
    /** Sessions that are over, so that anybody may take back what they have. */
    final Set<SessionIncarnation> gone = new HashSet<>();

    private final DatacenterId own;
    private final HybridClock clock;
    private final VersionMint mint = new VersionMint(new LeaderEpoch(1), DatumVersion.NONE);
    private final Map<DataInfoId, Datum> datums = new LinkedHashMap<>();
    private final Map<DataInfoId, Datum> foreign = new LinkedHashMap<>();
    private final Map<DataInfoId, Boolean> interests = new HashMap<>();
    private final Consumer<DatumsChanged> session;

    FakeDataNode(DatacenterId own, HybridClock clock, Consumer<DatumsChanged> session) {
        this.own = own;
        this.clock = clock;
        this.session = session;
    }

    Object answer(Request<?> request) {
        received.add(request);
        if (request instanceof ApplyChanges apply) {
            return apply(apply.changes());
        }
        if (request instanceof FetchDatums fetch) {
            List<DatumAnswer> answers = new ArrayList<>();
            long room = answerBytes;
            for (DatumQuery query : fetch.queries()) {
                DatumAnswer answer = fetched(query, fetch.interested() != null);
                long bytes = answer.datum() == null ? 0 : answer.datum().estimatedBytes();
                boolean isRoom = bytes <= room || room == answerBytes;
                room -= isRoom ? bytes : 0;
                answers.add(isRoom ? answer : DatumAnswer.tooBig(own, query.id(), answer.version()));
            }
            return new DatumAnswers(answers);
        }
        if (request instanceof RenewSession renew) {
            return compare(renew);
        }
        if (request instanceof SyncPublishers sync) {
            return apply(sync.entries().stream()
                    .map(entry -> new RegistrationChange(entry.service(), new DatumChange.Register(entry.publisher())))
                    .toList());
        }
        if (request instanceof SyncInterest sync) {
            interests.keySet().removeIf(id -> SlotId.of(id).equals(sync.slot()));
            sync.interests().forEach(each -> interests.put(each.service(), each.isGlobal()));
        } else if (request instanceof DropInterest drop) {
            drop.services().forEach(interests::remove);
        } else if (request instanceof RaiseVersion raise) {
            raise(raise);
        } else {
            throw new IllegalStateException("unexpected " + request);
        }
        return Done.DONE;
    }

    /** A change that another session brought. */
    ChangeOutcome change(DataInfoId id, DatumChange change) {
        ChangeOutcome outcome = apply(List.of(new RegistrationChange(id, change)))
                .results()
                .get(0)
                .outcome();
        return outcome == null ? ChangeOutcome.ABSENT : outcome;
    }

    void installForeign(Datum datum) {
        foreign.put(datum.id(), datum);
        if (interests.getOrDefault(datum.id(), false)) {
            session.accept(
                    new DatumsChanged(List.of(new DatumNotice(datum.datacenter(), datum.id(), datum.version()))));
        }
    }

    Optional<Publisher> find(DataInfoId id, String registId) {
        return datum(id).publishers().stream()
                .filter(each -> each.id().value().equals("sofa:" + registId))
                .findFirst();
    }

    Datum datum(DataInfoId id) {
        return datums.getOrDefault(id, Datum.empty(own, id));
    }

    /** As after a kill -9 with an empty disk. */
    void loseEverything() {
        datums.clear();
        interests.clear();
    }

    /** As after the time that tombstones are kept. */
    void forgetTombstones(DataInfoId id) {
        datums.put(id, datum(id).withoutTombstones(each -> true));
    }

    boolean isInterested(DataInfoId id) {
        return interests.containsKey(id);
    }

    <T extends Request<?>> List<T> received(Class<T> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private ChangesApplied apply(List<RegistrationChange> changes) {
        List<ChangeResult> results = new ArrayList<>();
        for (RegistrationChange each : changes) {
            results.add(leads ? apply(each) : ChangeResult.NOT_LEADER);
        }
        return new ChangesApplied(results);
    }

    private ChangeResult apply(RegistrationChange each) {
        if (each.change() instanceof DatumChange.Remove remove && remove.cause() == RemovalCause.MOVING) {
            return new ChangeResult(true, ChangeOutcome.APPLIED, null);
        }
        Datum before = datum(each.service());
        Datum.Applied applied = before.apply(
                List.of(decided(before, each.change())), clock.physicalMillis(), () -> mint.next(clock.next()));
        datums.put(each.service(), applied.datum());
        if (applied.isContentChanged() && interests.containsKey(each.service())) {
            session.accept(new DatumsChanged(
                    List.of(new DatumNotice(own, each.service(), applied.datum().version()))));
        }
        return ChangeResult.of(
                applied.datum(), each.change(), applied.outcomes().get(0));
    }

    private DatumChange decided(Datum before, DatumChange change) {
        return change instanceof DatumChange.Unregister asked
                        && before.find(asked.id())
                                .filter(listed -> gone.contains(listed.owner().session()))
                                .isPresent()
                ? new DatumChange.Unregister(asked.id(), asked.order(), asked.by(), true)
                : change;
    }

    private DatumAnswer fetched(DatumQuery query, boolean isInterested) {
        if (!leads) {
            return DatumAnswer.notLeader(query.datacenter(), query.id());
        }
        boolean isOwn = query.datacenter().equals(own);
        if (isInterested) {
            interests.merge(query.id(), !isOwn, Boolean::logicalOr);
        }
        if (isOwn) {
            return DatumAnswer.of(datum(query.id()), query.known(), !isWarming);
        }
        Datum held = foreign.get(query.id());
        return held == null
                ? DatumAnswer.unknown(query.datacenter(), query.id())
                : DatumAnswer.of(held, query.known(), true);
    }

    private SessionDifferences compare(RenewSession renew) {
        List<SlotId> publishers = new ArrayList<>();
        List<SlotId> interest = new ArrayList<>();
        for (SessionSlotDigest claimed : renew.slots()) {
            long sum = 0;
            for (Datum datum : datums.values()) {
                if (SlotId.of(datum.id()).equals(claimed.slot())) {
                    sum += datum.publishers().stream()
                            .filter(each -> each.owner().session().equals(renew.session()))
                            .mapToLong(each -> SessionDigests.ofPublisher(datum.id(), each))
                            .sum();
                }
            }
            long wanted = interests.entrySet().stream()
                    .filter(each -> SlotId.of(each.getKey()).equals(claimed.slot()))
                    .mapToLong(each -> SessionDigests.ofInterest(new Interest(each.getKey(), each.getValue())))
                    .sum();
            if (sum != claimed.publishersHash()) {
                publishers.add(claimed.slot());
            }
            if (wanted != claimed.interestHash()) {
                interest.add(claimed.slot());
            }
        }
        return new SessionDifferences(publishers, interest, List.of());
    }

    private void raise(RaiseVersion raise) {
        Datum before = datum(raise.service());
        mint.raise(raise.floor());
        datums.put(
                raise.service(),
                before.withVersion(
                        before.contentHash() == raise.contentHash() ? raise.floor() : mint.next(clock.next())));
    }
}
