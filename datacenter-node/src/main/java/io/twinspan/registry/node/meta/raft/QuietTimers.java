package io.twinspan.registry.node.meta.raft;

import com.alipay.sofa.jraft.core.Scheduler;
import com.alipay.sofa.jraft.util.SPI;
import com.alipay.sofa.jraft.util.timer.DefaultRaftTimerFactory;
import com.alipay.sofa.jraft.util.timer.RaftTimerFactory;
import com.alipay.sofa.jraft.util.timer.Timer;

/**
 * The timers of a raft member, each a thread that sleeps until something is due. JRaft's own are wheels that turn a thousand times a
 * second whether or not anything is, and there are four of them: 3 to 4 % of a core of a node that has nothing to do. JRaft finds
 * this class by its name in {@code META-INF/services} and by its priority.
 */
@SPI(name = "quiet", priority = 1)
public final class QuietTimers implements RaftTimerFactory {
    private final RaftTimerFactory schedulers = new DefaultRaftTimerFactory();

    /** For JRaft. */
    public QuietTimers() {}

    @Override
    public Timer getElectionTimer(boolean isShared, String name) {
        return createTimer(name);
    }

    @Override
    public Timer getVoteTimer(boolean isShared, String name) {
        return createTimer(name);
    }

    @Override
    public Timer getStepDownTimer(boolean isShared, String name) {
        return createTimer(name);
    }

    @Override
    public Timer getSnapshotTimer(boolean isShared, String name) {
        return createTimer(name);
    }

    @Override
    public Scheduler getRaftScheduler(boolean isShared, int threads, String name) {
        return schedulers.getRaftScheduler(isShared, threads, name);
    }

    @Override
    public Timer createTimer(String name) {
        return new SleepingTimer(name);
    }

    @Override
    public Scheduler createScheduler(int threads, String name) {
        return schedulers.createScheduler(threads, name);
    }
}
