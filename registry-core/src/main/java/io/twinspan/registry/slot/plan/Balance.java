package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Spreads leaders and followers evenly, empties nodes that evacuate, and carries out operators' moves. Everything is made before
 * something is broken: a node that shall lead follows first and is current, a surplus follower goes when all the others are current.
 *
 * <p>What cannot happen yet is carried out in {@link #aim} only, which is what the table is on its way to; so nothing is begun twice,
 * and the plan after the next report goes on where this one stopped.
 */
final class Balance {
    private final Draft draft;
    private final int wanted;
    private final Set<NodeId> takers;
    private final Set<NodeId> leaderTakers;
    private final CatchingUp catchingUp;
    private final List<List<NodeId>> aim = new ArrayList<>();

    /** Slots whose leader is about to change; nothing else happens to them. */
    private final Set<Integer> busy = new TreeSet<>();

    private final Shares leaders;
    private int changesLeft;

    Balance(Draft draft) {
        this.draft = draft;
        this.takers = draft.takers().keySet();
        this.leaderTakers = draft.leaderTakers().keySet();
        this.wanted = Math.min(draft.input().limits().replicas(), takers.size());
        this.catchingUp = new CatchingUp(draft);
        this.changesLeft = draft.input().limits().leaderChanges();
        Map<NodeId, Integer> led = new HashMap<>();
        Map<NodeId, Integer> held = new HashMap<>();
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            aim.add(new ArrayList<>(draft.replicas(slot)));
            led.merge(aim.get(slot).get(0), 1, Integer::sum);
            aim.get(slot).forEach(node -> held.merge(node, 1, Integer::sum));
            changesLeft -= draft.isSettled(slot) ? 0 : 1;
        }
        int kept = led.entrySet().stream()
                .filter(each -> draft.isKept(each.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        this.leaders = new Shares(led, leaderTakers, SlotId.COUNT - kept, held);
    }

    /** Does what may be done now; nothing while anybody is silent who shall not leave anyway. */
    void improve() {
        boolean isSomebodySilent = draft.input().members().keySet().stream()
                .anyMatch(node -> !draft.isHeard(node) && !draft.isEvacuating(node));
        if (isSomebodySilent || takers.isEmpty()) {
            return;
        }
        moveAsAsked();
        leadByFollowers(true);
        leadByFollowers(false);
        bringInLeaders();
        Shares followers = dropSurplus();
        moveFollowers(followers);
    }

    private void moveAsAsked() {
        draft.input().wishes().moved().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(each -> leaderTakers.contains(each.getValue()))
                .forEach(each -> {
                    int slot = each.getKey().number();
                    if (!aim.get(slot).get(0).equals(each.getValue())) {
                        handOver(slot, each.getValue());
                    }
                });
    }

    /** Leadership of a node that has too many goes to a follower that has too few; those that can now go first. */
    private void leadByFollowers(boolean onlyNow) {
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            if (!isSpare(slot)) {
                continue;
            }
            int number = slot;
            Optional<NodeId> taker = leaders.neediest(aim.get(slot).stream()
                    .skip(1)
                    .filter(leaderTakers::contains)
                    .filter(node -> !onlyNow || canLeadNow(number, node)));
            taker.ifPresent(node -> handOver(number, node));
        }
    }

    /** Where no follower may take over, one that may is brought in. */
    private void bringInLeaders() {
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            if (isSpare(slot) && draft.isSettled(slot) && !hasExtra(slot)) {
                int number = slot;
                leaders.neediest(leaderTakers.stream()
                                .filter(node -> !aim.get(number).contains(node) && catchingUp.hasRoom(node)))
                        .ifPresent(node -> handOver(number, node));
            }
        }
    }

    /** Surplus followers go, those of evacuating nodes first, then of those that follow most. */
    private Shares dropSurplus() {
        Shares followers = followers();
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            List<NodeId> list = aim.get(slot);
            while (true) {
                Optional<NodeId> surplus = surplus(list, followers);
                if (surplus.isEmpty()) {
                    break;
                }
                NodeId node = surplus.get();
                followers.take(node);
                list.remove(node);
                if (!busy.contains(slot) && canDropNow(slot, node)) {
                    draft.drop(slot, node);
                }
            }
        }
        return followers;
    }

    private void moveFollowers(Shares followers) {
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            List<NodeId> list = aim.get(slot);
            if (busy.contains(slot) || list.size() != draft.replicas(slot).size() || !draft.isSettled(slot)) {
                continue;
            }
            Optional<NodeId> from = list.stream()
                    .skip(1)
                    .filter(followers::isOver)
                    .max((a, b) -> Integer.compare(followers.surplus(a), followers.surplus(b)));
            Optional<NodeId> to = followers.neediest(
                    takers.stream().filter(node -> !list.contains(node) && catchingUp.hasRoom(node)));
            if (from.isPresent() && to.isPresent()) {
                followers.move(from.get(), to.get());
                list.remove(from.get());
                list.add(to.get());
                draft.add(slot, to.get());
                catchingUp.begin(to.get());
            }
        }
    }

    /** A node shall lead a slot: now when it can, else it follows first. */
    private void handOver(int slot, NodeId node) {
        boolean isNow = canLeadNow(slot, node);
        leaders.move(aim.get(slot).get(0), node);
        busy.add(slot);
        if (!aim.get(slot).contains(node)) {
            aim.get(slot).add(node);
            if (draft.replicas(slot).size() < LeaderEpoch.RANKS && catchingUp.hasRoom(node)) {
                draft.add(slot, node);
                catchingUp.begin(node);
            }
        }
        Draft.lead(aim.get(slot), node);
        if (isNow) {
            draft.lead(slot, node);
            changesLeft--;
        }
    }

    private boolean canLeadNow(int slot, NodeId node) {
        return changesLeft > 0
                && draft.isSettled(slot)
                && draft.current(slot).contains(node)
                && draft.replicas(slot).contains(node);
    }

    private boolean canDropNow(int slot, NodeId node) {
        return draft.isSettled(slot)
                && draft.replicas(slot).stream()
                        .skip(1)
                        .filter(other -> !other.equals(node))
                        .allMatch(draft.current(slot)::contains);
    }

    /** True when the leader of this slot has too many, and nobody has asked that it leads this one. */
    private boolean isSpare(int slot) {
        NodeId asked = draft.input().wishes().moved().get(new SlotId(slot));
        return !busy.contains(slot)
                && leaders.isOver(aim.get(slot).get(0))
                && !draft.isKept(aim.get(slot).get(0))
                && (asked == null || !leaderTakers.contains(asked));
    }

    private boolean hasExtra(int slot) {
        return kept(aim.get(slot)) > wanted;
    }

    private Optional<NodeId> surplus(List<NodeId> list, Shares followers) {
        long kept = kept(list);
        Optional<NodeId> leaving =
                list.stream().skip(1).filter(node -> !takers.contains(node)).findFirst();
        if (kept >= wanted && leaving.isPresent()) {
            return leaving;
        }
        return kept > wanted
                ? list.stream().skip(1).max((a, b) -> Integer.compare(followers.surplus(a), followers.surplus(b)))
                : Optional.empty();
    }

    private long kept(List<NodeId> list) {
        return list.stream().filter(takers::contains).count();
    }

    private Shares followers() {
        Map<NodeId, Integer> followed = new HashMap<>();
        aim.forEach(list -> list.stream().skip(1).forEach(node -> followed.merge(node, 1, Integer::sum)));
        return new Shares(followed, takers, SlotId.COUNT * (wanted - 1));
    }
}
