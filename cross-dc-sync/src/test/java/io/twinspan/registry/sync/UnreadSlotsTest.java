package io.twinspan.registry.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.FetchSlotContent;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.Verification.Place;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a comparison could not read is not what it found to agree. */
class UnreadSlotsTest {
    private static final int SERVICES = 200;

    private final TwoSides world = new TwoSides(51);
    private final TwoSides.Side east = world.side(TwoSides.EAST);
    private final TwoSides.Side west = world.side(TwoSides.WEST);
    private final HeldDatums held = Objects.requireNonNull(west.held.get(0));

    @BeforeEach
    void bothSidesAgree() {
        for (int number = 0; number < SERVICES; number++) {
            east.change(service(number), 1);
        }
        world.pass(Duration.ofSeconds(10));
        assertThat(verify(true).isAgreed()).isTrue();
        assertThat(verify(true).slots()).hasSize(SlotId.COUNT);
    }

    @Test
    void contentsThatNobodyAnswersForAreNotAgreedUpon() {
        world.refuse(FetchSlotContent.class);

        assertThat(verify(false).isAgreed()).isTrue();
        Verification deep = verify(true);
        assertThat(deep.isAgreed()).isFalse();
        assertThat(deep.problem()).contains("contents of 256 slots of east could not be read");
        assertThat(deep.differences()).isEmpty();
    }

    @Test
    void whatIsHeldAndCannotBeReadIsNotAgreedUpon() {
        held.isUnreadable = true;

        Verification deep = verify(true);
        assertThat(deep.isAgreed()).isFalse();
        assertThat(deep.problem()).contains("what is held here of east could not be read");
    }

    @Test
    void slotsThatNobodyAnnouncesAreNotAgreedUpon() {
        for (int slot = 1; slot < SlotId.COUNT; slot += TwoSides.NODES) {
            east.syncs.get(1).unlead(new SlotId(slot));
        }
        west.restart(0);
        world.pass(Duration.ofSeconds(10));

        Verification found = verify(false);
        assertThat(found.isAgreed()).isFalse();
        assertThat(found.count(Verification.Verdict.NOT_COMPARABLE_YET)).isEqualTo(SlotId.COUNT / TwoSides.NODES);
    }

    @Test
    void aWantedServiceThatIsHeldOlderThanAnnouncedAndStaysSoIsADifference() {
        DataInfoId wanted = service(7);
        west.want(wanted);
        world.pass(Duration.ofSeconds(5));
        DatumVersion before = held.held(TwoSides.EAST, wanted);

        world.refuse(FetchDatums.class);
        east.change(wanted, 2);
        world.pass(Duration.ofSeconds(5));
        Verification deep = verify(true);
        assertThat(deep.isAgreed()).isFalse();
        assertThat(deep.differences()).singleElement().satisfies(each -> {
            assertThat(each.id()).isEqualTo(wanted);
            assertThat(each.place()).isEqualTo(Place.HELD);
            assertThat(each.found().orElseThrow().version()).isEqualTo(before);
        });
    }

    private Verification verify(boolean isDeep) {
        var found = west.syncs.get(0).verify(isDeep).toCompletableFuture();
        world.pass(PeerVerifier.LONGEST);
        assertThat(found).isDone();
        return found.join().get(0);
    }

    private static DataInfoId service(int number) {
        return DataInfoId.of("com.example.Service" + number);
    }
}
