package io.twinspan.registry.node.meta.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.LeaderChangeContext;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.node.meta.Replica;
import io.twinspan.registry.runtime.FaultHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what JRaft has agreed on to a {@link Replica}. JRaft calls all methods on one thread of its own. Operators search the log
 * for the word StateMachineAdapter to find elections, so each line about them has it.
 */
final class ReplicaStateMachine extends StateMachineAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaStateMachine.class);
    private static final String SNAPSHOT_FILE = "meta-state";

    private final Replica replica;
    private final FaultHandler faults;
    private final Runnable onElected;
    private volatile List<Endpoint> group;

    /**
     * @param group the members as configured; replaced by those the log knows
     * @param onElected called when this member begins to lead, before the replica is told
     */
    ReplicaStateMachine(Replica replica, List<Endpoint> group, FaultHandler faults, Runnable onElected) {
        this.onElected = onElected;
        this.replica = replica;
        this.group = group;
        this.faults = faults;
    }

    List<Endpoint> group() {
        return group;
    }

    @Override
    public void onApply(Iterator entries) {
        while (entries.hasNext()) {
            String answer;
            try {
                answer = replica.apply(bytes(entries.getData()));
            } catch (RuntimeException fault) {
                faults.onFault(fault);
                entries.setErrorAndRollback(1, new Status(RaftError.ESTATEMACHINE, "%s", fault.getMessage()));
                return;
            }
            Closure proposer = entries.done();
            if (proposer instanceof Proposal proposal) {
                proposal.onApplied(answer);
            }
            entries.next();
        }
    }

    @Override
    public void onSnapshotSave(SnapshotWriter writer, Closure done) {
        try {
            Files.write(Path.of(writer.getPath(), SNAPSHOT_FILE), replica.save());
        } catch (IOException failure) {
            LOG.error("meta snapshot not written path={}", writer.getPath(), failure);
            done.run(new Status(RaftError.EIO, "snapshot not written: %s", failure.getMessage()));
            return;
        }
        done.run(writer.addFile(SNAPSHOT_FILE) ? Status.OK() : new Status(RaftError.EIO, "snapshot not listed"));
    }

    @Override
    public boolean onSnapshotLoad(SnapshotReader reader) {
        try {
            replica.load(Files.readAllBytes(Path.of(reader.getPath(), SNAPSHOT_FILE)));
            return true;
        } catch (IOException | IllegalStateException unreadable) {
            LOG.error("meta snapshot not loaded path={}", reader.getPath(), unreadable);
            return false;
        }
    }

    @Override
    public void onLeaderStart(long term) {
        super.onLeaderStart(term);
        LOG.info("StateMachineAdapter leader start term={}", term);
        onElected.run();
        replica.onLeadership(true);
    }

    @Override
    public void onLeaderStop(Status why) {
        super.onLeaderStop(why);
        LOG.info("StateMachineAdapter leader stop why={}", why);
        replica.onLeadership(false);
    }

    @Override
    public void onStartFollowing(LeaderChangeContext leader) {
        LOG.info("StateMachineAdapter follows leader={} term={}", leader.getLeaderId(), leader.getTerm());
    }

    @Override
    public void onStopFollowing(LeaderChangeContext leader) {
        LOG.info("StateMachineAdapter follows no more leader={} why={}", leader.getLeaderId(), leader.getStatus());
    }

    @Override
    public void onConfigurationCommitted(Configuration conf) {
        group = conf.getPeers().stream()
                .map(peer -> new Endpoint(peer.getIp(), peer.getPort()))
                .sorted()
                .toList();
        LOG.info("StateMachineAdapter group={}", group);
    }

    @Override
    public void onError(RaftException failure) {
        super.onError(failure);
        faults.onFault(failure);
    }

    private static byte[] bytes(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return bytes;
    }
}
