package io.twinspan.registry.acvip.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.federation.FederationEpoch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTableTest {
    private static final String DOMAIN = "session.twinspan";

    private final AnswerTable table = new AnswerTable();

    @BeforeEach
    void followTwo() {
        table.setSources(List.of("east", "west"));
        table.watch(DOMAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', TAKEN",
        "'', 7/west, TAKEN",
        "'', 999999/west, TAKEN",
        "7/west, '', LOWER",
        "7/west, 6/west, LOWER",
        "7/west, 7/east, LOWER",
        "7/west, 7/west, TAKEN",
        "7/east, 7/west, TAKEN",
        "7/west, 8/east, TAKEN",
        "7/west, 1007/east, TAKEN",
        "7/west, 1008/east, TOO_FAR"
    })
    void anAnswerIsJudgedByItsEpochBeforeAnythingElse(String seen, String heard, EpochVerdict verdict) {
        table.onReply("east", Replies.reply(seen, Replies.answer(DOMAIN, seen, "a:1")), 1);

        assertThat(table.onReply("west", Replies.reply(heard, Replies.answer(DOMAIN, heard, "b:1")), 2))
                .isEqualTo(verdict);
        boolean isHigher = verdict == EpochVerdict.TAKEN && !seen.equals(heard);
        assertThat(addresses()).containsExactly(isHigher ? "b:1" : "a:1");
        assertThat(table.standing().epoch()).isEqualTo(Replies.epoch(isHigher ? heard : seen));
    }

    @Test
    void theOwnDatacenterIsBelievedBeforeOthersWhileItSpeaks() {
        table.onReply("west", Replies.reply("7/west", Replies.answer(DOMAIN, "7/west", "b:1")), 1);
        assertThat(addresses()).containsExactly("b:1");

        table.onReply("east", Replies.reply("7/west", Replies.answer(DOMAIN, "7/west", "a:1")), 2);
        assertThat(addresses()).containsExactly("a:1");

        table.onSilent("east");
        assertThat(addresses()).containsExactly("b:1");
        assertThat(table.standing().isFresh()).isTrue();
    }

    @Test
    void whenAllAreSilentTheLastAnswersStandAndAreOld() {
        table.onReply("east", Replies.reply("7/west", Replies.answer(DOMAIN, "7/west", "a:1")), 5);
        table.onSilent("east");

        assertThat(addresses()).containsExactly("a:1");
        assertThat(table.standing().isFresh()).isFalse();
        assertThat(table.standing().confirmedNanos()).isEqualTo(5);
    }

    @Test
    void anAnswerOfWhichTheOtherDatacenterSaysNothingIsOldAndAsOldAsItIs() {
        table.watch("orders");
        ServedAnswer orders = Replies.answer("orders", "", "o:1");
        table.onReply("east", Replies.reply("", Replies.answer(DOMAIN, "", "a:1"), orders), 5);
        table.onSilent("east");
        table.onReply("west", Replies.reply("", Replies.answer(DOMAIN, "", "a:1")), 9);

        assertThat(table.standing().isFresh(DOMAIN)).isTrue();
        assertThat(table.standing().confirmedNanos(DOMAIN)).isEqualTo(9);
        assertThat(table.standing().answers()).containsEntry("orders", orders);
        assertThat(table.standing().isFresh("orders")).isFalse();
        table.onReply("west", Replies.reply(""), 10);
        table.onSilent("west");
        table.onReply("west", Replies.reply(""), 11);
        assertThat(table.standing().confirmedNanos("orders")).isEqualTo(5);

        table.onReply("east", Replies.reply("", orders), 12);
        assertThat(table.standing().isFresh("orders")).isTrue();
        assertThat(table.standing().confirmedNanos("orders")).isEqualTo(12);
    }

    @Test
    void whatANewServerDoesNotKnowItDoesNotConfirm() {
        table.onReply("east", Replies.reply("", Replies.answer(DOMAIN, "", "a:1")), 5);
        table.checksums("east", List.of(DOMAIN), true);
        table.onReply("east", Replies.reply(""), 6);

        assertThat(addresses()).containsExactly("a:1");
        assertThat(table.standing().isFresh(DOMAIN)).isFalse();
        assertThat(table.standing().confirmedNanos(DOMAIN)).isEqualTo(5);
        assertThat(table.checksums("east", List.of(DOMAIN), false)).containsEntry(DOMAIN, AnswerTable.NEVER_HEARD);
    }

    @Test
    void aSourceThatFallsBehindIsNotBelievedUntilItCatchesUp() {
        table.onReply("east", Replies.reply("7/west", Replies.answer(DOMAIN, "7/west", "a:1")), 1);
        table.onReply("west", Replies.reply("8/west", Replies.answer(DOMAIN, "8/west", "b:1")), 2);
        assertThat(addresses()).containsExactly("b:1");

        table.onReply("east", Replies.reply("7/west"), 3);
        assertThat(addresses()).containsExactly("b:1");
        table.onReply("east", Replies.reply("8/west", Replies.answer(DOMAIN, "8/west", "a:2")), 4);
        assertThat(addresses()).containsExactly("a:2");
    }

    @Test
    void anAnswerOfAnEpochThatIsOverIsNotGivenEvenIfNothingElseIsKnown() {
        table.watch("orders");
        table.onReply("east", Replies.reply("7/west", Replies.answer("orders", "7/west", "o:1")), 1);
        table.onReply("west", Replies.reply("8/west", Replies.answer(DOMAIN, "8/west", "b:1")), 2);

        assertThat(table.standing().answers()).containsOnlyKeys(DOMAIN);
    }

    @Test
    void whatHasNotChangedIsConfirmedUnderTheNewEpoch() {
        table.onReply("east", Replies.reply("7/west", Replies.answer(DOMAIN, "7/west", "a:1")), 1);
        table.onReply("east", Replies.reply("8/west"), 2);

        assertThat(addresses()).containsExactly("a:1");
        assertThat(answer().epoch()).isEqualTo(Replies.epoch("8/west"));
    }

    @Test
    void aDomainThatIsGoneIsAbsentUntilItIsThereAgain() {
        table.onReply("east", Replies.reply("", Replies.answer(DOMAIN, "", "a:1")), 1);
        table.onReply("east", Replies.gone("", DOMAIN), 2);
        assertThat(table.standing().answers()).isEmpty();
        assertThat(table.standing().absent()).containsExactly(DOMAIN);
        assertThat(table.checksums("east", List.of(DOMAIN), false)).containsEntry(DOMAIN, "");

        table.onReply("east", Replies.reply("", Replies.answer(DOMAIN, "", "a:2")), 3);
        assertThat(addresses()).containsExactly("a:2");
        assertThat(table.standing().absent()).isEmpty();
    }

    @Test
    void aSourceIsAskedByItsOwnChecksumsAndANewServerAsIfNothingWereKnown() {
        table.onReply("east", Replies.reply("", Replies.answer(DOMAIN, "", "a:1")), 1);

        assertThat(table.checksums("east", List.of(DOMAIN), false)).containsEntry(DOMAIN, "a:1@");
        assertThat(table.checksums("east", List.of(DOMAIN), true)).containsEntry(DOMAIN, AnswerTable.NEVER_HEARD);
        assertThat(table.checksums("west", List.of(DOMAIN), false)).containsEntry(DOMAIN, AnswerTable.NEVER_HEARD);
    }

    @Test
    void whatWasKeptIsGivenOldAndOnlyUnderTheHighestEpoch() {
        AnswerTable restarted = new AnswerTable();
        restarted.restore(
                Replies.epoch("8/west"),
                List.of(Replies.answer(DOMAIN, "8/west", "a:1"), Replies.answer("orders", "7/west", "o:1")),
                -5);

        assertThat(restarted.standing().answers()).containsOnlyKeys(DOMAIN);
        assertThat(restarted.standing().isFresh()).isFalse();
        restarted.setSources(List.of("east"));
        assertThat(restarted.onReply("east", Replies.reply("7/west"), 1)).isEqualTo(EpochVerdict.LOWER);
        assertThat(restarted.standing().answers()).containsOnlyKeys(DOMAIN);
    }

    /** Whatever servers say in whatever order, nobody is ever led back, and nothing is invented. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void noHistoryLeadsBack(long seed) {
        Random chance = new Random(seed);
        List<String> sources = List.of("east", "north", "west");
        List<String> domains = List.of("a", "b", "c");
        table.setSources(sources);
        domains.forEach(table::watch);
        Map<String, List<ServedAnswer>> said = new HashMap<>();
        Optional<FederationEpoch> highest = Optional.empty();
        for (int step = 0; step < 2_000; step++) {
            String source = sources.get(chance.nextInt(sources.size()));
            if (chance.nextInt(10) == 0) {
                table.onSilent(source);
            } else {
                String epoch = chance.nextInt(20) == 0 ? "" : (1 + step / 50 + chance.nextInt(3)) + "/" + source;
                List<ServedAnswer> changed = new ArrayList<>();
                for (String domain : domains) {
                    if (chance.nextBoolean()) {
                        changed.add(Replies.answer(domain, epoch, source + ":" + (1 + step)));
                    }
                }
                changed.forEach(answer -> said.computeIfAbsent(answer.domain(), key -> new ArrayList<>())
                        .add(answer));
                table.onReply(source, new PollReply(Replies.epoch(epoch), changed, java.util.Set.of()), step);
            }
            Standing standing = table.standing();
            assertThat(EpochVerdict.of(highest, standing.epoch())).isEqualTo(EpochVerdict.TAKEN);
            highest = standing.epoch();
            for (ServedAnswer answer : standing.answers().values()) {
                assertThat(answer.epoch()).isEqualTo(highest);
                assertThat(said.get(answer.domain()))
                        .anyMatch(each -> each.endpoints().equals(answer.endpoints()));
            }
        }
    }

    private ServedAnswer answer() {
        return java.util.Objects.requireNonNull(table.standing().answers().get(DOMAIN));
    }

    private List<String> addresses() {
        return answer().endpoints().stream()
                .map(each -> each.address().toString())
                .toList();
    }
}
