package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.meta.AdoptProvided.Adopted;
import io.twinspan.registry.node.meta.MetaCommand.CreateIncarnation;
import io.twinspan.registry.node.meta.MetaCommand.PutProvided;
import io.twinspan.registry.slot.Incarnation;
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
