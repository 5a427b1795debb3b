package io.twinspan.registry.node.meta.raft;

import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.Timer;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that sleeps until the next task is due. What it runs may stop it. */
final class SleepingTimer implements Timer {
    private static final Logger LOG = LoggerFactory.getLogger(SleepingTimer.class);

    private final ScheduledThreadPoolExecutor thread;

    SleepingTimer(String name) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** @throws java.util.concurrent.RejectedExecutionException when the timer has been stopped */
    @Override
    public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
        Waiting waiting = new Waiting(task);
        waiting.future = thread.schedule(waiting, delay, unit);
        return waiting;
    }

    /** What waits will not run; what runs is not waited for, because it may be who asks. Nobody uses what is returned. */
    @Override
    public Set<Timeout> stop() {
        thread.shutdown();
        return Set.of();
    }

    private enum State {
        WAITING,
        BEGUN,
        CANCELLED
    }

    private final class Waiting implements Timeout, Runnable {
        private final TimerTask task;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        private volatile @Nullable Future<?> future;

        Waiting(TimerTask task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!state.compareAndSet(State.WAITING, State.BEGUN)) {
                return;
            }
            try {
                task.run(this);
            } catch (Exception failed) {
                LOG.error("a raft timer's task failed", failed);
            }
        }

        @Override
        public Timer timer() {
            return SleepingTimer.this;
        }

        @Override
        public TimerTask task() {
            return task;
        }

        @Override
        public boolean isExpired() {
            return state.get() == State.BEGUN;
        }

        @Override
        public boolean isCancelled() {
            return state.get() == State.CANCELLED;
        }

        /** False once it has begun: JRaft concludes from the answer who is to clean up. */
        @Override
        public boolean cancel() {
            if (!state.compareAndSet(State.WAITING, State.CANCELLED)) {
                return false;
            }
            Future<?> scheduled = future;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
            return true;
        }
    }
}
