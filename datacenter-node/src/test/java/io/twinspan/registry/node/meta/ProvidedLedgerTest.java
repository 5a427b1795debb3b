package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.meta.AdoptProvided.Adopted;
import io.twinspan.registry.node.meta.MetaCommand.CreateIncarnation;
import io.twinspan.registry.node.meta.MetaCommand.PutProvided;
import io.twinspan.registry.slot.Incarnation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProvidedLedgerTest {
    private static final DataInfoId RULE = DataInfoId.of("rule");
    private static final DataInfoId OTHER = DataInfoId.of("other");
    private static final ProvidedNote WEST = new ProvidedNote(1, "from west", true);
    private static final MetaState NEW = MetaState.EMPTY.apply(new CreateIncarnation(new Incarnation(1_000, 1)));

    @Test
    void theLastVersionsAreRememberedAndNoMore() {
        ProvidedLedger ledger = ProvidedLedger.EMPTY;
        for (int version = 1; version <= 25; version++) {
            ledger = ledger.with(RULE, edit(version, "v" + version));
        }

        assertThat(ledger.edits(RULE))
                .extracting(ProvidedEdit::version)
                .containsExactly(16L, 17L, 18L, 19L, 20L, 21L, 22L, 23L, 24L, 25L);
        assertThat(ledger.find(RULE)).isEqualTo(new ProvidedValue(RULE, 25, "v25", 25));
    }

    @Test
    void longDataIsForgottenSoonerButNeverTheVersionBefore() {
        String half = "x".repeat(ProvidedLedger.MOST_LENGTH / 2);
        ProvidedLedger ledger = ProvidedLedger.EMPTY;
        for (int version = 1; version <= 4; version++) {
            ledger = ledger.with(RULE, edit(version, half + version));
        }

        assertThat(ledger.edits(RULE)).extracting(ProvidedEdit::version).containsExactly(3L, 4L);
    }

    @Test
    void whatHasNoRoomInAnAnswerComesWithTheNextAlsoUnderOneRevision() {
        ProvidedLedger before = ProvidedLedger.EMPTY;
        for (int i = 0; i < 7; i++) {
            before = before.with(DataInfoId.of("rule" + i), edit(1, "x".repeat(1_000)));
        }
        ProvidedLedger restored = ProvidedLedger.EMPTY.withRestored(before).with(RULE, edit(1, "y".repeat(9_000)));

        FetchProvided question = FetchProvided.inParts(2_500);
        List<List<String>> answers = new ArrayList<>();
        ProvidedChanges answer;
        do {
            answer = restored.since(question);
            question = question.after(answer);
            answers.add(answer.values().stream().map(each -> each.id().dataId()).toList());
        } while (answer.isMore() && answers.size() < 10);

        assertThat(answers)
                .containsExactly(
                        List.of("rule0", "rule1"),
                        List.of("rule2", "rule3"),
                        List.of("rule4", "rule5"),
                        List.of("rule6"),
                        List.of("rule"));
        assertThat(restored.since(question).values()).isEmpty();
        assertThat(restored.since(new FetchProvided(0)).values()).hasSize(8);
    }

    @Test
    void onlyHigherVersionsOfAPeerAreAdoptedAndRemovalsOfWhatWasNeverKnownAreToo() {
        MetaState before = NEW.apply(new PutProvided(RULE, 5, "ours"));

        MetaState after = before.apply(new AdoptProvided(List.of(
                new Adopted(RULE, new ProvidedEdit(5, "theirs", WEST)),
                new Adopted(OTHER, new ProvidedEdit(3, null, WEST)))));
        assertThat(after.provided().get(RULE)).extracting(ProvidedValue::data).isEqualTo("ours");
        assertThat(after.provided().get(OTHER))
                .isEqualTo(new ProvidedValue(OTHER, 3, null, before.providedRevision() + 1));

        MetaState higher =
                after.apply(new AdoptProvided(List.of(new Adopted(RULE, new ProvidedEdit(6, "theirs", WEST)))));
        assertThat(higher.provided().get(RULE)).extracting(ProvidedValue::data).isEqualTo("theirs");
        assertThat(higher.ledger().edits(RULE)).hasSize(2);
    }

    @Test
    void aGroupThatOnlyHeardOfPeersMayBeRestoredAndKeepsWhatIsNewer() {
        MetaState old = NEW.apply(new PutProvided(RULE, 5, "old")).apply(new PutProvided(OTHER, 5, "old"));
        MetaState young = MetaState.EMPTY
                .apply(new CreateIncarnation(new Incarnation(2_000, 2)))
                .apply(new AdoptProvided(List.of(new Adopted(RULE, new ProvidedEdit(6, "newer", WEST)))));

        RestoreState restore = new RestoreState(old);
        assertThat(restore.refusal(young)).isEmpty();
        MetaState restored = young.apply(restore);
        assertThat(restored.provided().get(RULE))
                .extracting(ProvidedValue::data)
                .isEqualTo("newer");
        assertThat(restored.provided().get(OTHER))
                .extracting(ProvidedValue::data)
                .isEqualTo("old");

        assertThat(restore.refusal(young.apply(new PutProvided(OTHER, 1, "mine"))))
                .contains("new group only");
    }

    private static ProvidedEdit edit(long version, @Nullable String data) {
        return new ProvidedEdit(version, data, ProvidedNote.NONE);
    }
}
