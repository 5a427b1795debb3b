package io.twinspan.registry.sync;

import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.policy.FetchPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FetchPolicyInForceTest extends ListeningWest {
    @Test
    void policyWarmFetchesWhatNobodyAskedForWhereTheSlotIsLed() {
        start();
        east.answers.put(ID, answerWith(5, true));
        held.policy = FetchPolicy.WARM;
        held.isLed = false;
        tell(entry(ID, 5));
        pass(LONG);
        assertThat(east.fetches).isEmpty();

        held.isLed = true;
        sync.replan();
        pass(LONG);
        assertThat(held.installs).hasSize(1);
    }

    @Test
    void policyNeverFetchesNothingWhoeverAsks() {
        start();
        east.answers.put(ID, answerWith(5, true));
        held.policy = FetchPolicy.NEVER;
        held.hold(ID, version(4));
        sync.interest(ID, true);
        sync.confirm(EAST, ID);
        tell(entry(ID, 5));
        pass(LONG);
        assertThat(east.fetches).isEmpty();

        held.policy = FetchPolicy.LAZY;
        sync.replan();
        pass(LONG);
        assertThat(held.installs).hasSize(1);
    }

    @Test
    void whatIsTriedAgainIsGivenUpWhenAnOperatorWantsItNeverToBeFetched() {
        start();
        east.answers.put(ID, answerWith(5, false));
        sync.interest(ID, true);
        held.hold(OTHER, version(4));
        east.answers.put(OTHER, answerWith(4, false));
        sync.confirm(EAST, OTHER);
        tell(entry(ID, 5));
        pass(LONG);
        assertThat(waiting()).isEqualTo(2);

        held.policy = FetchPolicy.NEVER;
        sync.replan();
        pass(Duration.ofSeconds(1));
        int asked = east.fetches.size();
        pass(LONG);
        assertThat(waiting()).isZero();
        assertThat(east.fetches).hasSize(asked);
    }

    @Test
    void whatIsNotKeptWarmAnyMoreIsNotTriedAgain() {
        start();
        east.answers.put(ID, answerWith(5, false));
        held.policy = FetchPolicy.WARM;
        tell(entry(ID, 5));
        pass(LONG);
        assertThat(waiting()).isEqualTo(1);

        held.policy = FetchPolicy.LAZY;
        sync.replan();
        pass(LONG);
        assertThat(waiting()).isZero();
    }

    @Test
    void whatIsKeptWarmIsFetchedThoughTheLastWhoAskedForItHasGone() {
        start();
        east.answers.put(ID, answerWith(5, false));
        held.policy = FetchPolicy.WARM;
        sync.interest(ID, true);
        tell(entry(ID, 5));
        pass(LONG);
        sync.interest(ID, false);
        pass(LONG);
        assertThat(held.installs).isEmpty();

        east.answers.put(ID, answerWith(5, true));
        pass(LONG);
        assertThat(held.installs).hasSize(1);
        assertThat(waiting()).isZero();
    }

    private int waiting() {
        var status = sync.status().toCompletableFuture();
        loop.run();
        return status.join().peers().get(0).waiting();
    }

    @Test
    void anEqualRootStandsBehindWhatIsHeldAndNobodyAskedFor() {
        start();
        held.hold(ID, version(5));
        tell(entry(ID, 5));
        pass(LONG);
        assertThat(held.agreed).containsEntry(ID, version(5));
        assertThat(east.fetches).isEmpty();
    }
}
