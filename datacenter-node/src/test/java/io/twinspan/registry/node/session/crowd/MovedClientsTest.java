package io.twinspan.registry.node.session.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MovedClientsTest {
    private static final long AFTER = Duration.ofMinutes(11).toNanos();

    private final MovedClients here = new MovedClients(MoveSettings.standard());
    private final MovedClients there = new MovedClients(MoveSettings.standard());

    @Test
    void aClientIsKnownAgainByAnyOfItsRegistrationsThatWasRemembered() {
        List<Long> marks = List.of(MovedClients.mark("a"), MovedClients.mark("b"), MovedClients.mark("c"));
        here.onMoved(marks, 0);

        assertThat(here.isKnown(marks)).isTrue();
        assertThat(here.isKnown(List.of(MovedClients.mark("d")))).isFalse();
        assertThat(here.since(0).marks()).as("two of a client suffice").hasSize(2);
    }

    @Test
    void sessionsTellOneAnotherOnlyWhatIsNew() {
        here.onMoved(List.of(1L), 0);
        MovedClients.News first = here.since(0);
        there.onTold(first.marks(), 0);
        here.onMoved(List.of(2L), 0);
        MovedClients.News second = here.since(first.upTo());
        there.onTold(second.marks(), 0);

        assertThat(first.marks()).containsExactly(1L);
        assertThat(second.marks()).containsExactly(2L);
        assertThat(here.since(second.upTo()).marks()).isEmpty();
        assertThat(there.isKnown(List.of(2L))).isTrue();
    }

    @Test
    void whatIsToldBackIsNoNews() {
        here.onMoved(List.of(1L), 0);
        there.onTold(here.since(0).marks(), 0);
        long before = here.since(0).upTo();
        here.onTold(there.since(0).marks(), 0);

        assertThat(here.since(before).marks()).isEmpty();
    }

    @Test
    void newsThatDoNotFitComeWithTheNextQuestion() {
        here.onTold(LongStream.rangeClosed(1, 25_000).boxed().toList(), 0);
        MovedClients.News first = here.since(0);
        MovedClients.News second = here.since(first.upTo());
        MovedClients.News third = here.since(second.upTo());

        assertThat(first.marks()).hasSize(10_000).startsWith(1L);
        assertThat(second.marks()).hasSize(10_000).startsWith(10_001L);
        assertThat(third.marks()).hasSize(5_000).endsWith(25_000L);
    }

    @Test
    void afterAWhileAClientMayBeMovedAgain() {
        here.onMoved(List.of(1L), 0);
        here.forget(AFTER);

        assertThat(here.isKnown(List.of(1L))).isFalse();
        assertThat(here.since(0).marks()).isEmpty();
    }

    @Test
    void theNumberRememberedIsBounded() {
        here.onTold(LongStream.rangeClosed(1, 100_001).boxed().toList(), 0);

        assertThat(here.isKnown(List.of(1L))).isFalse();
        assertThat(here.isKnown(List.of(2L))).isTrue();
    }
}
