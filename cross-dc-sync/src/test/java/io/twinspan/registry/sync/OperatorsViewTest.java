package io.twinspan.registry.sync;

import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcements;
import io.twinspan.registry.sync.announce.SlotLag;
import io.twinspan.registry.sync.announce.TopicFault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What an operator is told of a peer, beside what the other tests look at. */
class OperatorsViewTest extends ListeningWest {
    private static final TopicFault COMPACTED =
            new TopicFault("twinspan.announce.west", "cleanup.policy", "compact", "delete", "kafka-configs --alter …");

    @Test
    void aTopicOfOursThatIsRefusedMakesThePeerIncompatibleWithTheReasonUntilItIsMended() {
        start();
        pass(Duration.ofSeconds(10));
        assertThat(peer().state()).isEqualTo(PeerState.SYNCED);

        channel.meet(told -> told.onTopic("twinspan.announce.west", List.of(COMPACTED)));
        loop.run();
        assertThat(peer().state()).isEqualTo(PeerState.INCOMPATIBLE);
        assertThat(peer().problem()).contains("twinspan.announce.west", "cleanup.policy=compact", "must have delete");
        assertThat(ask(sync.status()).problem()).contains("cleanup.policy=compact");

        channel.meet(told -> told.onTopic("twinspan.announce.west", List.of()));
        loop.run();
        assertThat(peer().state()).isEqualTo(PeerState.SYNCED);
        assertThat(peer().problem()).isEmpty();
        assertThat(ask(sync.status()).problem()).isEmpty();
    }

    @Test
    void aClusterThatDoesNotLetUsInMakesThePeerIncompatibleWithTheReasonUntilItDoes() {
        start();
        pass(Duration.ofSeconds(10));
        channel.meet(told -> told.onReading(EAST, false));
        channel.meet(told -> told.onRefused(EAST, "topic twinspan.announce.east may not be read: wrong password"));
        pass(Duration.ofSeconds(60));
        assertThat(peer().state()).isEqualTo(PeerState.INCOMPATIBLE);
        assertThat(peer().problem()).contains("wrong password");

        channel.meet(told -> told.onRefused(EAST, ""));
        channel.meet(told -> told.onReading(EAST, true));
        pass(Duration.ofSeconds(20));
        assertThat(peer().state()).isEqualTo(PeerState.SYNCED);
    }

    @Test
    void aWantedServiceThatCannotBeFetchedIsNamedAsBehindWithItsAge() {
        start();
        sync.interest(ID, true);
        tell(entry(ID, 5));
        pass(Duration.ofSeconds(30));

        PeerLag lag = ask(sync.lag(10)).get(0);
        assertThat(lag.servicesBehind()).isOne();
        assertThat(lag.slotsBehind()).isZero();
        assertThat(lag.services()).singleElement().satisfies(each -> {
            assertThat(each.id()).isEqualTo(ID);
            assertThat(each.announced()).isEqualTo(version(5));
            assertThat(each.held()).isEqualTo(DatumVersion.NONE);
            assertThat(each.behindFor()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
        });
        assertThat(ask(sync.lag(0)).get(0).services()).isEmpty();

        east.answers.put(ID, answerWith(5, true));
        pass(Duration.ofSeconds(10));
        assertThat(ask(sync.lag(10)).get(0).servicesBehind()).isZero();
    }

    @Test
    void whatNobodyWantsAndWhatThePeerDoesNotHaveIsNotBehind() {
        start();
        sync.interest(OTHER, true);
        tell(entry(ID, 5));
        pass(Duration.ofSeconds(5));
        assertThat(ask(sync.lag(10)).get(0).servicesBehind()).isZero();
    }

    @Test
    void aSlotOfWhichSomethingIsMissingIsNamedAsBehind() {
        start();
        pass(Duration.ofSeconds(5));
        SlotId slot = SlotId.of(ID);
        topics.write(
                EAST,
                Announcements.changed(
                        EAST,
                        announcing
                                .whole()
                                .slots()
                                .get(slot.number())
                                .order()
                                .next()
                                .next(),
                        entry(ID, 9)));
        loop.run();

        PeerLag lag = ask(sync.lag(10)).get(0);
        assertThat(lag.slots()).extracting(SlotLag::slot).containsExactly(slot);
        assertThat(lag.slots().get(0).places()).isEqualTo(2);
    }

    private PeerStatus peer() {
        return ask(sync.status()).peers().get(0);
    }

    private <T> T ask(CompletionStage<T> question) {
        var answer = question.toCompletableFuture();
        loop.run();
        return answer.join();
    }
}
