package io.twinspan.registry.node.meta.raft;

import com.alipay.remoting.rpc.RpcServer;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.rpc.RaftRpcServerFactory;
import com.alipay.sofa.jraft.rpc.impl.BoltRpcServer;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.node.meta.CommandLog;
import io.twinspan.registry.node.meta.GroupStatus;
import io.twinspan.registry.node.meta.Replica;
import io.twinspan.registry.runtime.FaultHandler;
import io.twinspan.registry.runtime.PeerException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meta group's log on JRaft. Group, votes and log are kept in the folder of the settings. */
public final class JRaftCommandLog implements CommandLog {
    private static final Logger LOG = LoggerFactory.getLogger(JRaftCommandLog.class);

    /** Commands are rare (a node joins, an operator acts); JRaft's own 16 384 places would only cost memory. */
    private static final int QUEUE_LENGTH = 1024;

    private static final int RPC_THREADS = 4;
    private static final int RPC_QUEUE = 4096;
    private static final int CLOSE_SECONDS = 10;
    private static final long PORT_POLL_NANOS = 2_000_000;

    private final RaftSettings settings;
    private final FaultHandler faults;
    private final Consumer<RpcServer> bounds;
    private final GroupFolder folder;

    /** Held while the member starts, changes its group, or stops, which take seconds; never while commands pass. */
    private final Object lifecycle = new Object();

    private boolean isClosed;
    private @Nullable Replica driven;
    private volatile String groupName = FIRST_GROUP;
    private @Nullable RaftGroupService service;
    private @Nullable ExecutorService rpcThreads;
    private volatile @Nullable Node node;
    private volatile @Nullable ReplicaStateMachine machine;

    /**
     * @param faults told when this member can no longer apply commands or use its disk
     * @param bounds bounds what may arrive at the port; called before it is opened
     */
    public JRaftCommandLog(RaftSettings settings, FaultHandler faults, Consumer<RpcServer> bounds) {
        this.settings = settings;
        this.faults = faults;
        this.bounds = bounds;
        this.folder = new GroupFolder(settings.folder());
    }

    @Override
    public void start(Replica replica) {
        synchronized (lifecycle) {
            driven = replica;
            open(replica);
        }
    }

    private void open(Replica replica) {
        groupName = folder.name();
        List<Endpoint> members = initialMembers();
        ReplicaStateMachine fsm = new ReplicaStateMachine(replica, members, faults, this::begin);
        BoltRpcServer server = listen();
        try {
            RaftGroupService group =
                    new RaftGroupService(groupName, peer(settings.self()), options(fsm, members), server);
            service = group;
            machine = fsm;
            node = group.start(false);
        } catch (IOException | RuntimeException failure) {
            shut();
            throw new IllegalStateException(
                    "the meta group's log in " + settings.folder() + " cannot be used", failure);
        }
        begin();
        LOG.info(
                "raft member started self={} bind={} name={} group={}",
                settings.self(),
                settings.bind(),
                groupName,
                members);
    }

    /** Counts only while the log is empty: a group that was entered is begun alone, or waited for. */
    private List<Endpoint> initialMembers() {
        if (groupName.equals(FIRST_GROUP)) {
            return settings.group();
        }
        return folder.isFounder() ? List.of(settings.self()) : List.of();
    }

    /** Proposes the first command of a rebuilt group until it is in the log; a second time it is refused and does no harm. */
    private void begin() {
        byte[] first = folder.first();
        if (first == null) {
            return;
        }
        propose(first).whenComplete((answer, failure) -> {
            try {
                if (failure == null) {
                    folder.onBegun();
                }
            } catch (IOException kept) {
                LOG.warn("first command of the meta group not forgotten folder={}", settings.folder(), kept);
            }
        });
    }

    @Override
    public String groupName() {
        return groupName;
    }

    @Override
    public CompletionStage<Void> enter(String group, byte @Nullable [] first) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        daemons("meta-raft-enter").newThread(() -> enter(group, first, done)).start();
        return done;
    }

    private void enter(String group, byte @Nullable [] first, CompletableFuture<Void> done) {
        synchronized (lifecycle) {
            Replica replica = driven;
            if (isClosed || replica == null) {
                done.completeExceptionally(new PeerException("the meta group's log is not running"));
                return;
            }
            try {
                shut();
                folder.enter(group, first);
                open(replica);
                done.complete(null);
            } catch (IOException | RuntimeException failure) {
                faults.onFault(failure);
                done.completeExceptionally(failure);
            }
        }
    }

    @Override
    public CompletionStage<String> propose(byte[] command) {
        Node running = node;
        if (running == null || !running.isLeader()) {
            return CompletableFuture.failedFuture(notLeading());
        }
        Proposal proposal = new Proposal();
        running.apply(new Task(ByteBuffer.wrap(command), proposal));
        return proposal.answer();
    }

    @Override
    public GroupStatus status() {
        Node running = node;
        ReplicaStateMachine fsm = machine;
        PeerId leader = running == null ? null : running.getLeaderId();
        return new GroupStatus(
                settings.self(),
                leader == null || leader.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Endpoint(leader.getIp(), leader.getPort())),
                fsm == null ? settings.group() : fsm.group());
    }

    @Override
    public CompletionStage<Void> changeGroup(List<Endpoint> members) {
        Node running = node;
        if (running == null || !running.isLeader()) {
            return CompletableFuture.failedFuture(notLeading());
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        running.changePeers(
                new Configuration(members.stream().map(JRaftCommandLog::peer).toList()), status -> {
                    if (status.isOk()) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(new PeerException("the meta group stays as it is: " + status));
                    }
                });
        return done;
    }

    @Override
    public CompletionStage<Void> snapshot() {
        Node running = node;
        if (running == null) {
            return CompletableFuture.failedFuture(new PeerException("the meta group's log is not running"));
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        running.snapshot(status -> {
            if (status.isOk()) {
                done.complete(null);
            } else {
                done.completeExceptionally(new PeerException("no snapshot of the meta group: " + status));
            }
        });
        return done;
    }

    /** Waits until folder and port are free again, at most {@value #CLOSE_SECONDS} s for each. */
    @Override
    public void close() {
        synchronized (lifecycle) {
            isClosed = true;
            shut();
        }
    }

    private void shut() {
        Node running = node;
        node = null;
        if (running != null) {
            CountDownLatch isShut = new CountDownLatch(1);
            running.shutdown(status -> isShut.countDown());
            try {
                if (!isShut.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                    LOG.warn("raft member not shut after {} s, folder={}", CLOSE_SECONDS, settings.folder());
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        RaftGroupService group = service;
        service = null;
        if (group != null) {
            group.shutdown();
            // A group that did not start leaves its server running; one that did has shut it and forgotten it.
            com.alipay.sofa.jraft.rpc.RpcServer left = group.getRpcServer();
            if (left != null) {
                left.shutdown();
            }
            awaitFreePort();
        }
        ExecutorService threads = rpcThreads;
        if (threads != null) {
            threads.shutdown();
        }
    }

    private PeerException notLeading() {
        return new PeerException("this meta does not lead, the leader is "
                + status().leader().map(Endpoint::toString).orElse("not elected"));
    }

    /** JRaft's own server would listen on every address of the machine; this one listens where it is told. */
    private BoltRpcServer listen() {
        // Asked first, because a Bolt server that fails to start leaves threads behind that keep the process alive.
        IOException taken = tryPort();
        if (taken != null) {
            throw new IllegalStateException(
                    "the meta group cannot listen on " + settings.bind() + ": " + taken.getMessage(), taken);
        }
        ExecutorService threads = new ThreadPoolExecutor(
                RPC_THREADS,
                RPC_THREADS,
                60,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(RPC_QUEUE),
                daemons("meta-raft-rpc"));
        rpcThreads = threads;
        RpcServer port = new RpcServer(settings.bind().host(), settings.bind().port(), true);
        bounds.accept(port);
        BoltRpcServer server = new BoltRpcServer(port);
        RaftRpcServerFactory.addRaftRequestProcessors(server, threads, threads);
        try {
            if (!server.init(null)) {
                throw new IllegalStateException("the server did not start");
            }
        } catch (RuntimeException failure) {
            // Bolt has shut itself by now, and throws when asked to again.
            threads.shutdown();
            throw new IllegalStateException("the meta group cannot listen on " + settings.bind(), failure);
        }
        return server;
    }

    /** Bolt closes its port without waiting for it, and a restart within this process would find it taken. */
    private void awaitFreePort() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        while (tryPort() != null
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PORT_POLL_NANOS);
        }
    }

    private @Nullable IOException tryPort() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(
                    settings.bind().host(), settings.bind().port()));
            return null;
        } catch (IOException taken) {
            return taken;
        }
    }

    private NodeOptions options(ReplicaStateMachine fsm, List<Endpoint> members) throws IOException {
        Path logs = folder.logs();
        RaftOptions raft = new RaftOptions();
        raft.setDisruptorBufferSize(QUEUE_LENGTH);
        NodeOptions options = new NodeOptions();
        options.setRaftOptions(raft);
        options.setFsm(fsm);
        options.setInitialConf(
                new Configuration(members.stream().map(JRaftCommandLog::peer).toList()));
        options.setElectionTimeoutMs((int) settings.electionTimeout().toMillis());
        options.setSnapshotIntervalSecs((int) settings.snapshotEvery().toSeconds());
        options.setLogUri(logs.resolve("log").toString());
        options.setRaftMetaUri(logs.resolve("votes").toString());
        options.setSnapshotUri(logs.resolve("snapshot").toString());
        options.setTimerPoolSize(1);
        options.setCliRpcThreadPoolSize(1);
        options.setRaftRpcThreadPoolSize(RPC_THREADS);
        options.setRpcProcessorThreadPoolSize(RPC_THREADS);
        return options;
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static PeerId peer(Endpoint endpoint) {
        return new PeerId(endpoint.host(), endpoint.port());
    }
}
