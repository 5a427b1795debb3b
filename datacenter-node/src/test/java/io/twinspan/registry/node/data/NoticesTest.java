package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.DataNodeOnBench.S1;
import static io.twinspan.registry.node.data.DataNodeOnBench.S2;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.DatumsChanged;
import io.twinspan.registry.message.Done;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.simulation.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private final DataNodeOnBench node = DataNodeOnBench.settled();

    @Test
    void changeIsToldWithoutAnyDelay() {
        node.renew(S2);
        node.fetch(S2);
        long before = node.time.nanos();
        node.register(S1, 1, "a:1");
        assertThat(node.told()).hasSize(1);
        assertThat(node.time.nanos()).isEqualTo(before);
    }

    @Test
    void oneCallIsInFlightAndWhatComesMeanwhileIsOneNoticeOfTheNewest() {
        node.answersAtOnce = false;
        node.renew(S2);
        node.fetch(S2);
        node.register(S1, 1, "a:1");
        node.register(S1, 2, "a:2");
        node.register(S1, 3, "a:3");
        assertThat(node.notices).hasSize(1);

        node.calls.get(0).complete(Done.DONE);
        node.run();

        assertThat(node.notices).hasSize(2);
        assertThat(node.notices.get(1).notices())
                .extracting("version")
                .containsExactly(node.fetch(S1).version());
    }

    @Test
    void callThatFailedIsMadeAgainUntilTheSessionIsOver() {
        node.answersAtOnce = false;
        node.renew(S2);
        node.fetch(S2);
        node.register(S1, 1, "a:1");
        DatumVersion first = node.told().get(0).version();
        for (int i = 0; i < 5; i++) {
            node.calls.get(i).completeExceptionally(new PeerException("not reachable"));
            node.pass(Duration.ofMillis(200));
            assertThat(node.notices).hasSize(i + 2);
            assertThat(node.notices.get(i + 1).notices()).extracting("version").containsExactly(first);
        }
        node.see(node.table(), S1);
        node.passAlive(Duration.ofSeconds(32), S1);
        node.calls.get(5).completeExceptionally(new PeerException("not reachable"));
        node.passAlive(Duration.ofSeconds(5), S1);
        assertThat(node.notices).hasSize(6);
        assertThat(node.counted("twinspan.data.notices.failed")).isEqualTo(6);
        assertThat(node.counted("twinspan.data.notices.given.up")).isEqualTo(1);
        assertThat(node.counted("twinspan.data.sessions.over")).isEqualTo(1);
    }

    @Test
    void noticeWaitsForTheAddressOfASessionThatHasNotNamedItYet() {
        node.fetch(S2);
        node.register(S1, 1, "a:1");
        assertThat(node.notices).isEmpty();
        node.renew(S2);
        assertThat(node.told()).hasSize(1);
    }

    @Test
    void aSessionGetsWhatHasRoomAndIsToldToAskAgainForTheRest() {
        ForeignSettings small = new ForeignSettings(Duration.ofSeconds(60), Duration.ofHours(24), 10_000, 20_000);
        DataNodeOnBench narrow = new DataNodeOnBench(
                new ManualClock(),
                new InMemorySnapshotStore(),
                DataSettings.standard().withForeign(small));
        narrow.lead(S1, S2);
        narrow.compareWithNothing(S1, S2);
        narrow.pass(Duration.ofSeconds(16));
        List<DatumQuery> open = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            DataInfoId id = DataInfoId.of("service" + i);
            // The last one alone is more than the room.
            String address = "a".repeat(i == 6 ? 30_000 : 4_000);
            narrow.ask(new ApplyChanges(
                    S1,
                    List.of(new RegistrationChange(id, new DatumChange.Register(narrow.publisher(S1, i, address))))));
            open.add(new DatumQuery(DataNodeOnBench.EAST, id, DatumVersion.NONE));
        }

        List<Integer> given = new ArrayList<>();
        while (!open.isEmpty() && given.size() < 10) {
            List<DatumAnswer> answers = narrow.ask(new FetchDatums(S2, open)).answers();
            int before = open.size();
            List<DatumQuery> rest = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).status() == DatumAnswer.Status.TOO_BIG) {
                    rest.add(open.get(i));
                }
            }
            given.add(before - rest.size());
            open = rest;
        }

        assertThat(given).containsExactly(2, 2, 2, 1);
    }

    @Test
    void settlingTellsAnInterestedSessionOfEverythingInBoundedBatches() {
        DataNodeOnBench young = node.restarted();
        int services = 3_000;
        young.renew(S2);
        young.ask(new FetchDatums(
                S2,
                IntStream.range(0, services)
                        .mapToObj(i ->
                                new DatumQuery(DataNodeOnBench.EAST, DataInfoId.of("service" + i), DatumVersion.NONE))
                        .toList()));
        young.pass(Duration.ofMillis(15_010));
        assertThat(young.told()).hasSizeLessThan(services);
        young.pass(Duration.ofSeconds(1));
        assertThat(young.told()).hasSize(services);
        assertThat(young.notices)
                .extracting(DatumsChanged::notices)
                .allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(200));
    }
}
