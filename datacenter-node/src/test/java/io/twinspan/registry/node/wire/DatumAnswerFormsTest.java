package io.twinspan.registry.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.node.data.Samples;
import io.twinspan.registry.node.wire.proto.AnswerStatusData;
import io.twinspan.registry.node.wire.proto.DatumAnswersAnswer;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DatumAnswerFormsTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DataInfoId SERVICE = DataInfoId.of("service");
    private static final Stamp CLOCK = Stamp.atMillis(1_800_000_000_000L);
    private static final DatumVersion VERSION = new DatumVersion(500);

    @Test
    void everyStatusOfADatumComesBackAsItWas() {
        DatumAnswers given = new DatumAnswers(List.of(
                DatumAnswer.of(Samples.datum("east", "service", 3), DatumVersion.NONE, true),
                DatumAnswer.of(Samples.datum("east", "service", 3), VERSION, false),
                DatumAnswer.of(Datum.empty(EAST, SERVICE), DatumVersion.NONE, true),
                DatumAnswer.unknown(EAST, SERVICE),
                DatumAnswer.notLeader(EAST, SERVICE),
                DatumAnswer.warming(EAST, SERVICE),
                DatumAnswer.withdrawn(EAST, SERVICE),
                DatumAnswer.inCustody(Samples.datum("east", "service", 2)),
                DatumAnswer.tooBig(EAST, SERVICE, VERSION),
                DatumAnswer.of(Samples.datum("east", "service", 3), VERSION, true)
                        .by(new DatumAnswer.Word(
                                new Leadership(new Incarnation(5, 6), new LeaderEpoch(16)), 1_700_000_000_000L))));
        DatumAnswers read =
                (DatumAnswers) Objects.requireNonNull(MessageCodec.decodeAnswer(MessageCodec.encodeAnswer(CLOCK, given))
                        .answer());
        assertThat(read.answers()).usingRecursiveComparison().isEqualTo(given.answers());
    }

    @Test
    void statusThatThisNodeDoesNotKnowSaysNothingAboutThatDatumAlone() {
        DatumAnswers given =
                new DatumAnswers(List.of(DatumAnswer.unknown(EAST, SERVICE), DatumAnswer.notLeader(EAST, SERVICE)));
        DatumAnswersAnswer.Builder form = AnswerForms.form(given).toBuilder();
        form.getAnswersBuilder(0).setStatusValue(99);
        assertThat(form.getAnswers(0).getStatus()).isEqualTo(AnswerStatusData.UNRECOGNIZED);
        assertThat(AnswerForms.read(form.build()).answers())
                .extracting(DatumAnswer::status)
                .containsExactly(DatumAnswer.Status.UNKNOWN, DatumAnswer.Status.NOT_LEADER);
    }
}
