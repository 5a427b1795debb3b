package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.node.meta.CommandLog;
import io.twinspan.registry.node.meta.GroupStatus;
import io.twinspan.registry.node.meta.Replica;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One life of one member of a meta group: a small raft on the simulated network, in place of JRaft. Terms and votes, with a vote on
 * trial before a term is raised; a log that followers copy; a command is carried out and answered once a majority has it on its
 * disks; a leader that reaches no majority for an election time steps down, and until then does not know that it is deposed.
 * Members never change and no snapshots are taken. A lone member leads at once.
 */
final class SimulatedLog implements CommandLog {
    /** The shortest silence of a leader after which a follower wants to lead; the longest is twice that. */
    static final Duration ELECTION = Duration.ofMillis(600);

    private static final Duration HEARTBEAT = Duration.ofMillis(200);

    private enum Part {
        FOLLOWER,
        CANDIDATE,
        LEADER
    }

    private record Append(
            long term, Endpoint leader, int index, long termBefore, List<MetaDisk.Entry> entries, int agreed) {}

    private record Ballot(long term, Endpoint candidate, int size, long lastTerm, boolean isTrial) {}

    private final RaftGroup group;
    private final Endpoint self;
    private final MetaDisk disk;
    private final SimulatedNetwork network;
    private final SimulatedProcess process;
    private final EventLoop loop;
    private final Random random;
    private final Map<Endpoint, Integer> has = new HashMap<>();
    private final Map<Endpoint, Integer> next = new HashMap<>();
    private final Map<Endpoint, Long> heard = new HashMap<>();
    private final Map<Integer, CompletableFuture<String>> proposed = new HashMap<>();
    private final Set<Endpoint> votes = new HashSet<>();
    private @Nullable Replica replica;
    private Part part = Part.FOLLOWER;
    private @Nullable Endpoint leader;
    private boolean isTold;
    private long leaderHeard;
    private int agreed;
    private int applied;

    SimulatedLog(
            RaftGroup group,
            Endpoint self,
            MetaDisk disk,
            SimulatedNetwork network,
            SimulatedProcess process,
            Random random) {
        this.group = group;
        this.self = self;
        this.disk = disk;
        this.network = network;
        this.process = process;
        this.loop = process.loop();
        this.random = random;
    }

    @Override
    public void start(Replica driven) {
        replica = driven;
        group.onStarted(self, this);
        leaderHeard = loop.nanos() - ELECTION.toNanos();
        if (group.members().size() == 1) {
            disk.term(disk.term() + 1);
            lead();
        } else {
            awaitElection();
            loop.scheduleEvery(HEARTBEAT, this::onHeartbeat);
        }
    }

    @Override
    public CompletionStage<String> propose(byte[] command) {
        if (replica == null || part != Part.LEADER) {
            return CompletableFuture.failedFuture(new PeerException("this meta does not lead"));
        }
        CompletableFuture<String> answer = new CompletableFuture<>();
        proposed.put(disk.size(), answer);
        disk.add(new MetaDisk.Entry(disk.term(), command.clone()));
        if (group.tampering().isEagerMeta()) {
            agreed = disk.size();
            apply();
        }
        agree();
        others().forEach(this::send);
        return answer;
    }

    @Override
    public GroupStatus status() {
        return new GroupStatus(self, replica == null ? Optional.empty() : Optional.ofNullable(leader), group.members());
    }

    @Override
    public CompletionStage<Void> changeGroup(List<Endpoint> members) {
        return CompletableFuture.failedFuture(new PeerException("the simulated group stays as it is"));
    }

    @Override
    public CompletionStage<Void> snapshot() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        replica = null;
    }

    private void awaitElection() {
        Duration patience = ELECTION.plusMillis(random.nextInt((int) ELECTION.toMillis()));
        loop.schedule(patience, () -> {
            if (part != Part.LEADER && !isLeaderHeard()) {
                leader = null;
                ask(true);
            }
            awaitElection();
        });
    }

    private void ask(boolean isTrial) {
        votes.clear();
        votes.add(self);
        part = Part.CANDIDATE;
        Ballot ballot =
                new Ballot(disk.term() + (isTrial ? 1 : 0), self, disk.size(), disk.termBefore(disk.size()), isTrial);
        others().forEach(to -> tell(to, there -> there.onBallot(ballot)));
    }

    private void onBallot(Ballot ballot) {
        if (!ballot.isTrial()) {
            notice(ballot.term());
        }
        long last = disk.termBefore(disk.size());
        boolean isUpToDate = ballot.lastTerm() > last || (ballot.lastTerm() == last && ballot.size() >= disk.size());
        String name = ballot.candidate().host();
        boolean isGiven = isUpToDate
                && (ballot.isTrial()
                        ? ballot.term() > disk.term() && part != Part.LEADER && !isLeaderHeard()
                        : ballot.term() == disk.term() && mayVoteFor(name));
        if (isGiven && !ballot.isTrial()) {
            disk.vote(name);
            leaderHeard = loop.nanos();
        }
        long term = disk.term();
        tell(ballot.candidate(), there -> there.onVote(ballot, self, isGiven, term));
    }

    private boolean mayVoteFor(String name) {
        return disk.vote() == null
                || name.equals(disk.vote())
                || group.tampering().isForgetfulVoter();
    }

    private void onVote(Ballot ballot, Endpoint from, boolean isGiven, long term) {
        notice(term);
        long wanted = disk.term() + (ballot.isTrial() ? 1 : 0);
        if (part != Part.CANDIDATE || !isGiven || ballot.term() != wanted || !votes.add(from)) {
            return;
        }
        if (votes.size() >= group.majority()) {
            if (ballot.isTrial()) {
                disk.term(disk.term() + 1);
                disk.vote(self.host());
                ask(false);
            } else {
                lead();
            }
        }
    }

    private void lead() {
        part = Part.LEADER;
        leader = self;
        group.onElected(self, disk);
        for (Endpoint other : others()) {
            has.put(other, 0);
            next.put(other, disk.size());
            heard.put(other, loop.nanos());
        }
        disk.add(new MetaDisk.Entry(disk.term(), null));
        agree();
        others().forEach(this::send);
    }

    private void onHeartbeat() {
        if (part != Part.LEADER) {
            return;
        }
        long since = loop.nanos() - ELECTION.toNanos();
        if (1 + heard.values().stream().filter(nanos -> nanos >= since).count() < group.majority()) {
            follow();
        } else {
            others().forEach(this::send);
        }
    }

    private void send(Endpoint to) {
        int index = next.getOrDefault(to, 0);
        Append append = new Append(disk.term(), self, index, disk.termBefore(index), disk.after(index), agreed);
        tell(to, there -> there.onAppend(append));
    }

    private void onAppend(Append append) {
        notice(append.term());
        boolean isCurrent = append.term() == disk.term();
        if (isCurrent) {
            if (part != Part.FOLLOWER) {
                follow();
            }
            leader = append.leader();
            leaderHeard = loop.nanos();
        }
        boolean fits =
                isCurrent && append.index() <= disk.size() && disk.termBefore(append.index()) == append.termBefore();
        if (fits) {
            disk.take(append.index(), append.entries());
            agreed = Math.max(
                    agreed,
                    Math.min(append.agreed(), append.index() + append.entries().size()));
            apply();
        }
        int size = fits ? append.index() + append.entries().size() : Math.min(disk.size(), append.index() - 1);
        long term = disk.term();
        tell(append.leader(), there -> there.onAppended(self, term, fits, Math.max(0, size)));
    }

    private void onAppended(Endpoint from, long term, boolean fits, int size) {
        notice(term);
        if (part != Part.LEADER || term != disk.term()) {
            return;
        }
        heard.put(from, loop.nanos());
        if (fits) {
            has.merge(from, size, Math::max);
            next.put(from, Math.max(size, has.getOrDefault(from, 0)));
            agree();
        } else {
            next.put(from, size);
            send(from);
        }
    }

    /** Everything up to the last entry of this term that a majority has is agreed on. */
    private void agree() {
        for (int size = disk.size(); size > agreed && disk.termBefore(size) == disk.term(); size--) {
            int wanted = size;
            if (1 + has.values().stream().filter(each -> each >= wanted).count() >= group.majority()) {
                agreed = size;
            }
        }
        apply();
    }

    private void apply() {
        Replica driven = replica;
        while (driven != null && applied < agreed) {
            int index = applied++;
            MetaDisk.Entry entry = disk.entry(index);
            String answer = entry.command() == null ? "" : driven.apply(entry.command());
            CompletableFuture<String> waiting = proposed.remove(index);
            if (waiting != null) {
                group.onAcknowledged(index, entry, disk.term());
                waiting.complete(answer);
            }
            if (entry.command() == null && part == Part.LEADER && entry.term() == disk.term() && !isTold) {
                isTold = true;
                driven.onLeadership(true);
            }
        }
    }

    /** A later term has begun somewhere. */
    private void notice(long term) {
        if (term > disk.term()) {
            disk.term(term);
            follow();
        }
    }

    private void follow() {
        part = Part.FOLLOWER;
        leader = null;
        has.clear();
        if (isTold && replica != null) {
            isTold = false;
            replica.onLeadership(false);
        }
        List<CompletableFuture<String>> waiting = new ArrayList<>(proposed.values());
        proposed.clear();
        waiting.forEach(each -> each.completeExceptionally(new PeerException("this meta does not lead any more")));
    }

    private boolean isLeaderHeard() {
        return loop.nanos() - leaderHeard < ELECTION.toNanos();
    }

    private List<Endpoint> others() {
        return group.members().stream().filter(each -> !each.equals(self)).toList();
    }

    private void tell(Endpoint to, Consumer<SimulatedLog> message) {
        SimulatedLog there = group.find(to);
        if (there != null) {
            network.tell(process, there.process, () -> message.accept(there));
        }
    }
}
