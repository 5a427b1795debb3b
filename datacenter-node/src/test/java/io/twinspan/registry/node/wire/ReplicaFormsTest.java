package io.twinspan.registry.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.ReplicaDigest;
import io.twinspan.registry.message.ReplicaAnswer;
import io.twinspan.registry.message.ReplicaContent;
import io.twinspan.registry.message.ReplicaHead;
import io.twinspan.registry.message.ReplicaHolding;
import io.twinspan.registry.message.ReplicaUpdate;
import io.twinspan.registry.message.ReplicasUpdated;
import io.twinspan.registry.message.UpdateReplicas;
import io.twinspan.registry.node.bolt.PeerTransportSettings;
import io.twinspan.registry.node.data.Samples;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicaFormsTest {
    private static final Caller CALLER = new Caller(new DatacenterId("east"), new NodeId("d1"), NodeRole.DATA);
    private static final Stamp CLOCK = Stamp.atMillis(1_800_000_000_000L);
    private static final DatumVersion VERSION = new DatumVersion(700);
    private static final ReplicaHead HEAD = new ReplicaHead(new SlotId(3), new LeaderEpoch(17), 5, 6, VERSION);

    private static Datum datum() {
        return Samples.datum("east", "service", 3);
    }

    @Test
    void everyDatumOfAReplicaComesBackAsItWas() {
        UpdateReplicas given = new UpdateReplicas(
                SlotTableEpoch.NONE,
                List.of(new ReplicaUpdate.Write(
                        HEAD, new ReplicaContent(List.of(datum()), List.of(), List.of(), List.of()), false, 0)),
                true);
        assertThat(MessageCodec.decodeRequest(MessageCodec.encodeRequest(CALLER, CLOCK, given))
                        .request())
                .usingRecursiveComparison()
                .isEqualTo(given);
        ReplicasUpdated answer = new ReplicasUpdated(List.of(new ReplicaAnswer(
                ReplicaAnswer.Status.DONE,
                Leadership.NONE,
                6,
                VERSION,
                new ReplicaHolding(List.of(), List.of(datum()), List.of(), false, false))));
        assertThat(MessageCodec.decodeAnswer(MessageCodec.encodeAnswer(CLOCK, answer))
                        .answer())
                .usingRecursiveComparison()
                .isEqualTo(answer);
    }

    /** A slot is compared in one message, so its digest, and an answer that wants all of it, must fit a frame. */
    @Test
    void theComparisonOfASlotOf100000ServicesFitsOneFrame() {
        List<ReplicaDigest> digest = IntStream.range(0, 100_000)
                .mapToObj(i -> new ReplicaDigest(
                        new DatumKey(
                                new DatacenterId("east"),
                                new DataInfoId(
                                        "com.example.shop.checkout.payment.PaymentFacade" + i + ":1.0@DEFAULT",
                                        "GROUP",
                                        "SOFA")),
                        VERSION,
                        Long.MAX_VALUE - i))
                .toList();
        UpdateReplicas asked =
                new UpdateReplicas(SlotTableEpoch.NONE, List.of(new ReplicaUpdate.Compare(HEAD, digest, true)), false);
        ReplicaHolding all =
                new ReplicaHolding(digest.stream().map(ReplicaDigest::key).toList(), List.of(), List.of(), true, false);
        ReplicasUpdated answer = new ReplicasUpdated(
                List.of(new ReplicaAnswer(ReplicaAnswer.Status.DONE, Leadership.NONE, 6, VERSION, all)));
        int frame = PeerTransportSettings.standard().frameLimitBytes();
        assertThat(MessageCodec.encodeRequest(CALLER, CLOCK, asked).length).isLessThan(frame / 2);
        assertThat(MessageCodec.encodeAnswer(CLOCK, answer).length).isLessThan(frame / 2);
    }
}
