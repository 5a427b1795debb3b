package io.twinspan.registry.it.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Each check is shown a good record and one that breaks its claim. Times are in the record's own units here. */
class RecordChecksTest {
    private static final String SERVICE = "com.example.S";
    private static final String A = "10.0.0.1:1";
    private static final String B = "10.0.0.2:1";

    private final AtomicLong clock = new AtomicLong();
    private final ClusterRecord record = new ClusterRecord(clock::get);

    @Test
    void aLiveProviderThatASubscriberIsNotShownIsFound() {
        at(1).acknowledged(SERVICE, A);
        at(2).acknowledged(SERVICE, B);
        show(3, "one", A, B);
        show(3, "two", A);
        at(4).subscribed(new ShownLine("three", SERVICE));

        assertThat(checks().everyLiveIsShown(2, 10))
                .hasSize(3)
                .anyMatch(line -> line.contains("two is not shown " + B))
                .anyMatch(line -> line.contains("three is not shown " + A));
        show(11, "two", A, B);
        show(11, "three", A, B);
        assertThat(checks().everyLiveIsShown(2, 11)).isEmpty();
        assertThat(checks().everyLiveIsShown(1, 2))
                .as("at 2 nobody had been shown anything, and of A this is asked")
                .hasSize(3);
    }

    @Test
    void whoWasAcknowledgedAfterCalmOrTakenBackIsNotMissed() {
        at(1).acknowledged(SERVICE, A);
        at(5).acknowledged(SERVICE, B);
        at(6).takingBack(SERVICE, A);
        show(7, "one");

        assertThat(checks().everyLiveIsShown(2, 10)).isEmpty();
        assertThat(checks().everyLiveIsShown(5, 10))
                .hasSize(1)
                .first()
                .asString()
                .contains(B);
    }

    @Test
    void aProviderThatLingersIsFound() {
        at(1).acknowledged(SERVICE, A);
        show(2, "one", A);
        show(2, "two", A);
        at(3).takingBack(SERVICE, A);
        show(4, "two");

        assertThat(checks().everyGoneHasLeft(3, 10))
                .containsExactly("D2 one still shows " + A + " of " + SERVICE + " at 0.000 s, taken back at 0.000 s");
        assertThat(checks().everyGoneHasLeft(2, 10))
                .as("taken back after that calm")
                .isEmpty();
    }

    @Test
    void aRemovedProviderThatReturnsIsFound() {
        at(1).acknowledged(SERVICE, A);
        at(1).acknowledged(SERVICE, B);
        show(2, "one", A, B);
        at(3).takingBack(SERVICE, A);
        show(4, "one", A, B);
        show(5, "one", B);
        assertThat(checks().nothingReturns(0)).isEmpty();

        show(6, "one", A, B);
        assertThat(checks().nothingReturns(0)).hasSize(1).first().asString().contains("one shows " + A);
        assertThat(checks().nothingReturns(7)).as("it was before").isEmpty();
    }

    @Test
    void aRemovedProviderThatWasNotShownYetMayComeLate() {
        at(1).acknowledged(SERVICE, A);
        at(1).acknowledged(SERVICE, B);
        show(2, "one", B);
        at(3).takingBack(SERVICE, A);
        show(4, "one", B);
        show(5, "one", A, B);
        assertThat(checks().nothingReturns(0)).isEmpty();
        show(6, "one", B);
        show(7, "one", A, B);
        assertThat(checks().nothingReturns(0)).hasSize(1);
    }

    @Test
    void anEmptyListOfWhatIsAlwaysProvidedIsFoundUnlessItIsTheFirst() {
        show(1, "one");
        show(2, "one", A);
        assertThat(checks().nothingIsEmptied(0)).isEmpty();
        show(3, "one");
        assertThat(checks().nothingIsEmptied(0)).hasSize(1);
        assertThat(checks().nothingIsEmptied(4)).as("it was before").isEmpty();
    }

    @Test
    void aLiveProviderThatAClientLosesIsFoundEvenIfItComesBack() {
        at(1).acknowledged(SERVICE, A);
        at(1).acknowledged(SERVICE, B);
        show(2, "one", A);
        show(3, "one", A, B);
        assertThat(checks().nothingIsLost(0)).isEmpty();

        show(4, "one", B);
        show(5, "one", A, B);
        assertThat(checks().nothingIsLost(0)).hasSize(1).first().asString().contains("one has lost " + A);
        assertThat(checks().nothingIsLost(5)).as("it was before").isEmpty();
    }

    @Test
    void anEmptyListIsALoss() {
        at(1).acknowledged(SERVICE, A);
        show(2, "one", A);
        show(3, "one");

        assertThat(checks().nothingIsLost(0)).hasSize(1);
    }

    @Test
    void whatWasTakenBackIsNoLoss() {
        at(1).acknowledged(SERVICE, A);
        show(2, "one", A);
        at(3).takingBack(SERVICE, A);
        show(4, "one");

        assertThat(checks().nothingIsLost(0)).isEmpty();
    }

    @Test
    void anUntouchedServiceThatStirsIsFound() {
        at(1).acknowledged(SERVICE, A);
        show(2, "one", A);
        show(6, "one", A);
        assertThat(checks().nothingStirs(Set.of(SERVICE), 5, 5)).isEmpty();

        show(7, "one", A, A);
        show(8, "one", A, B);
        show(9, "one");
        assertThat(checks().nothingStirs(Set.of(SERVICE), 5, 5))
                .as("twice the same, a stranger, and none")
                .hasSize(3);
        assertThat(checks().nothingStirs(Set.of(), 5, 5)).isEmpty();
    }

    private ClusterRecord at(long time) {
        clock.set(time);
        return record;
    }

    private void show(long time, String client, String... addresses) {
        at(time).shown(new ShownLine(client, SERVICE), List.of(addresses));
    }

    private RecordChecks checks() {
        return new RecordChecks(record);
    }
}
