package io.twinspan.registry.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.node.meta.Replica;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.Seed;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.simulation.SimulatedProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The stand-in for JRaft keeps what a raft log promises; otherwise what the simulator says of meta would mean nothing. */
class SimulatedLogTest {
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private final ManualClock time = new ManualClock();
    private final Seed seed = new Seed(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, seed.random("network"));
    private final List<Election> elections = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    @Test
    void loneMemberLeadsAtOnce() {
        start(1);
        assertThat(leader().log.status().isLeader()).isTrue();
        assertThat(leader().propose("a")).isCompletedWithValue("");
    }

    @Test
    void threeMembersElectOneAndAllApplyWhatItTakes() {
        start(3);
        CompletableFuture<String> answer = leader().propose("a");
        time.advance(A_WHILE);
        assertThat(answer).isCompletedWithValue("");
        assertThat(elections).hasSize(1);
        assertThat(members).allSatisfy(each -> assertThat(each.applied).containsExactly("a"));
        assertThat(members).filteredOn(each -> each.leads).hasSize(1);
    }

    @Test
    void nothingIsAcknowledgedWithoutAMajorityAndTheLeaderStepsDown() {
        start(3);
        Member leader = leader();
        members.stream().filter(each -> each != leader).forEach(each -> each.process.kill());
        CompletableFuture<String> answer = leader.propose("a");
        time.advance(A_WHILE);
        assertThat(answer).isCompletedExceptionally();
        assertThat(leader.leads).isFalse();
        assertThat(leader.applied).isEmpty();
    }

    @Test
    void leaderWhomNobodyHearsIsReplacedAndItsLastWordsAreGone() {
        start(3);
        Member old = leader();
        members.stream().filter(each -> each != old).forEach(each -> network.cut(old.name, each.name));
        CompletableFuture<String> lost = old.propose("lost");
        time.advance(A_WHILE);
        CompletableFuture<String> kept = leader().propose("kept");
        network.heal();
        time.advance(A_WHILE);
        assertThat(leader()).isNotSameAs(old);
        assertThat(lost).isCompletedExceptionally();
        assertThat(kept).isCompletedWithValue("");
        assertThat(members).allSatisfy(each -> assertThat(each.applied).containsExactly("kept"));
    }

    @Test
    void memberThatRestartsOnAnEmptyDiskIsGivenEverything() {
        start(3);
        leader().propose("a");
        time.advance(A_WHILE);
        Member other = members.stream().filter(each -> !each.leads).findFirst().orElseThrow();
        other.process.kill();
        other.disk.wipe();
        other.start();
        leader().propose("b");
        time.advance(A_WHILE);
        assertThat(other.applied).containsExactly("a", "b");
    }

    @Test
    void whatWasAcknowledgedOutlivesEverybody() {
        start(3);
        leader().propose("a");
        time.advance(A_WHILE);
        members.forEach(each -> each.process.kill());
        members.forEach(Member::start);
        time.advance(A_WHILE);
        assertThat(leader().applied).containsExactly("a");
    }

    private void start(int count) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            endpoints.add(new Endpoint("m" + i, 9614));
        }
        RaftGroup group = new RaftGroup(Tampering.NONE, elections::add, endpoints);
        endpoints.forEach(each -> members.add(new Member(group, each)));
        members.forEach(Member::start);
        time.advance(A_WHILE);
    }

    private Member leader() {
        return members.stream().filter(each -> each.leads).findFirst().orElseThrow();
    }

    /** One member and its lives. */
    private final class Member implements Replica {
        private final RaftGroup group;
        private final Endpoint self;
        private final String name;
        private final MetaDisk disk = new MetaDisk();
        private final List<String> applied = new ArrayList<>();
        private SimulatedProcess process;
        private SimulatedLog log;
        private boolean leads;

        Member(RaftGroup group, Endpoint self) {
            this.group = group;
            this.self = self;
            this.name = self.host();
            this.process = new SimulatedProcess(name, time, Duration.ZERO);
            this.log = new SimulatedLog(group, self, disk, network, process, seed.random(name));
        }

        void start() {
            applied.clear();
            leads = false;
            process = new SimulatedProcess(name, time, Duration.ZERO);
            log = new SimulatedLog(group, self, disk, network, process, seed.random(name));
            log.start(this);
        }

        CompletableFuture<String> propose(String command) {
            return log.propose(command.getBytes(StandardCharsets.UTF_8)).toCompletableFuture();
        }

        @Override
        public String apply(byte[] command) {
            applied.add(new String(command, StandardCharsets.UTF_8));
            return "";
        }

        @Override
        public byte[] save() {
            return new byte[0];
        }

        @Override
        public void load(byte[] state) {
            throw new IllegalStateException("no snapshots are taken");
        }

        @Override
        public void onLeadership(boolean isLeading) {
            leads = isLeading;
        }
    }
}
