package io.twinspan.registry.node.session;

import static io.twinspan.registry.node.session.SessionBench.ELSEWHERE;
import static io.twinspan.registry.node.session.SessionBench.PAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.node.session.push.FakeConnection;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client has taken back stays so, whoever had it and whatever becomes of the leader. */
final class RepeatedTakeBacksTest {
    private final SessionBench bench = new SessionBench();
    private final FakeConnection one = new FakeConnection(1);
    private final FakeConnection two = new FakeConnection(2);

    @BeforeEach
    void connect() {
        bench.connect(one);
        bench.connect(two);
    }

    @Test
    void takingBackThatIsSaidOnceMoreCountsAsMuchAsTheFirstTime() {
        bench.publish(one, "p", 1, "a:1");
        bench.elsewhere("p", 1, bench.clock.next());
        bench.isCut = true;
        bench.publish(two, "blocks", 1, "b:1");
        bench.unpublish(one, "p", 2);
        bench.unpublish(one, "p", 2);
        bench.advance(Duration.ofSeconds(1));
        bench.isCut = false;
        bench.advance(Duration.ofSeconds(10));

        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void takingBackIsSaidUntilItLastsWhenTheLeaderIsKilledBeforeItHasSavedThat() {
        Stamp registered = bench.clock.next();
        bench.elsewhere("p", 1, registered);
        bench.data().gone.add(ELSEWHERE);
        bench.unpublish(one, "p", 2);
        assertThat(bench.data().find(PAY, "p")).isEmpty();
        bench.data().loseEverything();
        bench.elsewhere("p", 1, registered);
        bench.advance(Duration.ofSeconds(20));
        assertThat(bench.data().find(PAY, "p")).isEmpty();

        int said = bench.data().received(ApplyChanges.class).size();
        bench.advance(Duration.ofMinutes(3));
        assertThat(bench.data().received(ApplyChanges.class))
                .as("nothing is left to take back")
                .hasSize(said);
    }

    @Test
    void takingBackIsSaidAtOnceToALeaderThatLacksSomething() {
        Stamp registered = bench.clock.next();
        bench.publish(one, "q", 1, "b:1");
        bench.publish(one, "p", 1, "a:1");
        bench.unpublish(one, "p", 2);
        bench.data().loseEverything();
        bench.elsewhere("p", 1, registered);
        bench.advance(RepeatedTakeBacks.EVERY.dividedBy(2));

        assertThat(bench.data().find(PAY, "q")).isPresent();
        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void anOldConnectionDoesNotWinBackWhatItsClientTakesBackOverAnother() {
        bench.publish(one, "p", 1, "a:1");
        bench.elsewhere("p", 1, bench.clock.next());
        bench.advance(Duration.ofSeconds(5));
        assertThat(owner()).isEqualTo(ELSEWHERE);
        bench.unpublish(two, "p", 2);
        bench.closeElsewhere("p");
        for (int i = 0; i < 40; i++) {
            bench.advance(Duration.ofMillis(500));
            assertThat(bench.data().find(PAY, "p")).isEmpty();
        }
    }

    private SessionIncarnation owner() {
        return bench.data().find(PAY, "p").orElseThrow().owner().session();
    }
}
