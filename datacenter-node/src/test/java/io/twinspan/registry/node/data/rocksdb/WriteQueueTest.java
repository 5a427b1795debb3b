package io.twinspan.registry.node.data.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.node.data.DatumWrite;
import io.twinspan.registry.node.data.Samples;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WriteQueueTest {
    private static final SlotId SLOT = new SlotId(0);

    private final WriteQueue queue = new WriteQueue(10);

    @Test
    void waitingStatesOfADatumBecomeOneWithAllThatWasTouched() throws InterruptedException {
        queue.add(write(1, "a"));
        queue.add(write(2, "b"));
        queue.add(write(3, "a"));

        List<DatumWrite> batch = queue.take(Duration.ZERO);

        assertThat(batch).hasSize(1);
        assertThat(batch.get(0).datum().count()).isEqualTo(3);
        assertThat(batch.get(0).publishers()).containsExactlyInAnyOrder(id("a"), id("b"));
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void callerBeyondTheBoundWaitsUntilThereIsRoom() throws InterruptedException {
        fill();
        CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> queue.add(write(1, "late")));
        assertThat(caller).isNotDone();
        queue.take(Duration.ZERO);
        caller.join();
        assertThat(queue.dropped()).isZero();
        assertThat(queue.take(Duration.ZERO)).hasSize(1);
    }

    @Test
    void whileTheDiskFailsNobodyWaitsAndWhatIsTooMuchIsCounted() throws InterruptedException {
        fill();
        queue.failed(queue.take(Duration.ZERO), Duration.ZERO);
        queue.add(write(1, "dropped"));
        assertThat(queue.dropped()).isOne();
        queue.awaitWritten();
        List<DatumWrite> again = queue.take(Duration.ZERO);
        assertThat(again.get(0).publishers()).hasSize(12);
        queue.written();
        queue.add(write(1, "taken"));
        assertThat(queue.dropped()).isOne();
    }

    @Test
    void failedStateDoesNotReplaceANewerOne() throws InterruptedException {
        queue.add(write(1, "a"));
        List<DatumWrite> failed = queue.take(Duration.ZERO);
        queue.add(write(2, "b"));
        queue.failed(failed, Duration.ZERO);
        DatumWrite again = queue.take(Duration.ZERO).get(0);
        assertThat(again.datum().count()).isEqualTo(2);
        assertThat(again.publishers()).containsExactlyInAnyOrder(id("a"), id("b"));
    }

    @Test
    void flushReturnsOnlyAfterTheWrite() throws InterruptedException {
        queue.add(write(1, "a"));
        CompletableFuture<Void> flush = CompletableFuture.runAsync(queue::awaitWritten);
        queue.take(Duration.ofSeconds(10));
        assertThat(flush).isNotDone();
        queue.written();
        flush.join();
    }

    @Test
    void closeLetsEverybodyGo() throws InterruptedException {
        fill();
        CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> queue.add(write(1, "late")));
        queue.close();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(caller::isDone);
        assertThat(queue.take(Duration.ofSeconds(10))).hasSize(1);
        assertThat(queue.take(Duration.ofSeconds(10))).isEmpty();
    }

    private void fill() {
        queue.add(write(1, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"));
    }

    private static DatumWrite write(int count, String... touched) {
        Datum datum = Samples.datum("east", "service", count);
        return new DatumWrite(
                SLOT,
                datum,
                Set.of(java.util.Arrays.stream(touched).map(WriteQueueTest::id).toArray(RegistrationId[]::new)));
    }

    private static RegistrationId id(String name) {
        return RegistrationId.ofSofa(name);
    }
}
