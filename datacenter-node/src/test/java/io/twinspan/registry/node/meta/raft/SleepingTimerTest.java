package io.twinspan.registry.node.meta.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.sofa.jraft.JRaftUtils;
import com.alipay.sofa.jraft.util.JRaftServiceLoader;
import com.alipay.sofa.jraft.util.timer.RaftTimerFactory;
import com.alipay.sofa.jraft.util.timer.Timeout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SleepingTimerTest {
    private static final int PATIENCE_SECONDS = 10;

    private final SleepingTimer timer = new SleepingTimer("sleeping-timer-test");

    @AfterEach
    void stop() {
        timer.stop();
    }

    @Test
    void jraftTakesTheseTimers() {
        assertThat(JRaftServiceLoader.load(RaftTimerFactory.class).first()).isInstanceOf(QuietTimers.class);
        assertThat(JRaftUtils.raftTimerFactory()).isInstanceOf(QuietTimers.class);
    }

    @Test
    void whatIsDueRunsAndCannotBeCancelledAnyMore() throws Exception {
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        Timeout timeout = timer.newTimeout(each -> cancelled.complete(each.cancel()), 1, TimeUnit.MILLISECONDS);

        assertThat(cancelled.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isFalse();
        assertThat(timeout.isExpired()).isTrue();
        assertThat(timeout.isCancelled()).isFalse();
    }

    @Test
    void whatIsCancelledDoesNotRun() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        CompletableFuture<Void> ran = new CompletableFuture<>();
        Timeout timeout = timer.newTimeout(each -> ran.complete(null), 1, TimeUnit.HOURS);

        assertThat(timeout.cancel()).isTrue();
        assertThat(timeout.cancel()).isFalse();
        assertThat(timeout.isCancelled()).isTrue();
        timer.newTimeout(each -> later.countDown(), 1, TimeUnit.MILLISECONDS);
        assertThat(later.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isNotDone();
    }

    @Test
    void aTaskThatFailsLeavesTheOthersTheirTurn() throws Exception {
        CountDownLatch next = new CountDownLatch(1);
        timer.newTimeout(
                each -> {
                    throw new IllegalStateException("expected by the test");
                },
                1,
                TimeUnit.MILLISECONDS);
        timer.newTimeout(each -> next.countDown(), 2, TimeUnit.MILLISECONDS);

        assertThat(next.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskMayStopItsOwnTimerAndEndsInPeace() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<Void> ran = new CompletableFuture<>();
        timer.newTimeout(each -> ran.complete(null), 1, TimeUnit.HOURS);
        timer.newTimeout(
                each -> {
                    each.timer().stop();
                    interrupted.complete(Thread.currentThread().isInterrupted());
                },
                1,
                TimeUnit.MILLISECONDS);

        assertThat(interrupted.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isFalse();
        assertThatThrownBy(() -> timer.newTimeout(each -> {}, 1, TimeUnit.MILLISECONDS))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(ran).isNotDone();
    }
}
