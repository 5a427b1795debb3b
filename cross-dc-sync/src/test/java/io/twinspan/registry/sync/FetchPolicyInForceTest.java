package io.twinspan.registry.sync;

import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.policy.FetchPolicy;
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
    void anEqualRootStandsBehindWhatIsHeldAndNobodyAskedFor() {
        start();
        held.hold(ID, version(5));
        tell(entry(ID, 5));
        pass(LONG);
        assertThat(held.agreed).containsEntry(ID, version(5));
        assertThat(east.fetches).isEmpty();
    }
}
