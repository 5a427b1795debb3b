package io.twinspan.registry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadEventLoopTest {
    private static final Duration BOUND = Duration.ofSeconds(10);

    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final ThreadEventLoop loop = new ThreadEventLoop("loop-under-test", faults::add);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void tasksOfOneGiverRunInTheirOrderOnOneThreadWhileOthersGiveToo() {
        int givers = 4;
        int each = 20_000;
        List<Queue<Integer>> ran = List.of(
                new ConcurrentLinkedQueue<>(),
                new ConcurrentLinkedQueue<>(),
                new ConcurrentLinkedQueue<>(),
                new ConcurrentLinkedQueue<>());
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        for (int giver = 0; giver < givers; giver++) {
            Queue<Integer> mine = ran.get(giver);
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            int number = i;
                            loop.execute(() -> {
                                mine.add(number);
                                if (number == 0) {
                                    threads.add(Thread.currentThread());
                                }
                            });
                        }
                    })
                    .start();
        }
        await().atMost(BOUND).until(() -> ran.stream().allMatch(queue -> queue.size() == each));
        for (Queue<Integer> queue : ran) {
            assertThat(List.copyOf(queue)).isSorted();
        }
        assertThat(threads).hasSize(givers).containsOnly(threads.peek());
    }

    @Test
    void aTaskForALoopThatSleepsIsNeverLeftLying() throws InterruptedException {
        for (int i = 0; i < 20_000; i++) {
            CountDownLatch done = new CountDownLatch(1);
            loop.execute(done::countDown);
            assertThat(done.await(BOUND.toSeconds(), TimeUnit.SECONDS))
                    .as("task %d", i)
                    .isTrue();
        }
    }

    @Test
    void timersRunWhenTheyAreDueAndInThatOrderAlsoWhenSetFromElsewhere() {
        Queue<String> ran = new ConcurrentLinkedQueue<>();
        long set = loop.nanos();
        AtomicInteger early = new AtomicInteger();
        loop.schedule(Duration.ofMillis(60), () -> ran.add("second"));
        loop.schedule(Duration.ofMillis(30), () -> {
            early.addAndGet(loop.nanos() - set < Duration.ofMillis(30).toNanos() ? 1 : 0);
            ran.add("first");
        });
        loop.schedule(Duration.ofMillis(90), () -> ran.add("third"));
        await().atMost(BOUND).until(() -> ran.size() == 3);
        assertThat(ran).containsExactly("first", "second", "third");
        assertThat(early).hasValue(0);
    }

    @Test
    void aTaskWithoutDelayHasItsTurnAmongTheOthersInTheOrderGiven() {
        Queue<Integer> ran = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 3_000; i++) {
            int number = i;
            if (i % 3 == 0) {
                loop.schedule(Duration.ZERO, () -> ran.add(number));
            } else {
                loop.execute(() -> ran.add(number));
            }
        }
        await().atMost(BOUND).until(() -> ran.size() >= 3_000);
        assertThat(List.copyOf(ran)).isSorted();
    }

    @Test
    void aTimerThatIsCalledOffDoesNotRunAndOneThatRepeatsStopsRunning() {
        AtomicInteger never = new AtomicInteger();
        AtomicInteger again = new AtomicInteger();
        loop.schedule(Duration.ofMillis(20), never::incrementAndGet).cancel();
        EventLoop.Timer[] repeating = new EventLoop.Timer[1];
        loop.execute(() -> repeating[0] = loop.scheduleEvery(Duration.ofMillis(1), () -> {
            if (again.incrementAndGet() == 3) {
                repeating[0].cancel();
            }
        }));
        AtomicInteger later = new AtomicInteger();
        loop.schedule(Duration.ofMillis(100), later::incrementAndGet);
        await().atMost(BOUND).until(() -> later.get() == 1);
        assertThat(never).hasValue(0);
        assertThat(again).hasValue(3);
    }

    @Test
    void timersRunAlsoWhileTasksNeverEnd() {
        AtomicInteger due = new AtomicInteger();
        Runnable[] endless = new Runnable[1];
        endless[0] = () -> {
            if (due.get() == 0) {
                loop.execute(endless[0]);
            }
        };
        loop.execute(endless[0]);
        loop.schedule(Duration.ofMillis(5), due::incrementAndGet);
        await().atMost(BOUND).until(() -> due.get() == 1);
    }

    @Test
    void aTaskThatThrowsOrLeavesAnInterruptIsReportedAndTheLoopGoesOn() {
        AtomicInteger after = new AtomicInteger();
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        loop.schedule(Duration.ofMillis(1), () -> {
            throw new IllegalStateException("on purpose, later");
        });
        loop.execute(() -> Thread.currentThread().interrupt());
        loop.schedule(Duration.ofMillis(20), after::incrementAndGet);
        await().atMost(BOUND).until(() -> after.get() == 1);
        assertThat(faults).extracting(Throwable::getMessage).containsExactly("on purpose", "on purpose, later");
    }

    @Test
    void aClosedLoopRunsNothingMore() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        loop.execute(() -> {
            running.countDown();
            awaitQuietly(end);
        });
        loop.execute(ran::incrementAndGet);
        loop.schedule(Duration.ZERO, ran::incrementAndGet);
        assertThat(running.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        loop.close();
        loop.execute(ran::incrementAndGet);
        loop.schedule(Duration.ZERO, ran::incrementAndGet);
        end.countDown();
        await().atMost(BOUND)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("loop-under-test")));
        assertThat(ran).hasValue(0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
