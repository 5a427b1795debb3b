package io.twinspan.registry.pushswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datum.DataInfoId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushSwitchTest {
    private static final DataInfoId PAY = DataInfoId.of("com.example.Pay");
    private static final String CLIENT = "10.0.0.1:4000";
    private static final long NOW = 1_000;

    @ParameterizedTest
    @CsvSource({
        "OPEN,        true,  true,  true,  true",
        "HOLD_SHRINK, true,  true,  true,  false",
        "CLOSED,      true,  false, false, false",
        "UNKNOWN,     false, false, false, false"
    })
    void aPositionLetsOutWhatItSays(
            PushPosition position, boolean first, boolean addition, boolean repetition, boolean removal) {
        assertThat(position.lets(PushEffect.FIRST_LIST)).isEqualTo(first);
        assertThat(position.lets(PushEffect.ADDITION)).isEqualTo(addition);
        assertThat(position.lets(PushEffect.REPETITION)).isEqualTo(repetition);
        assertThat(position.lets(PushEffect.REMOVAL)).isEqualTo(removal);
    }

    @ParameterizedTest
    @CsvSource({
        "*,             *,             ,          ,              CLOSED",
        "DEFAULT_GROUP, *,             ,          ,              CLOSED",
        "SOFA,          *,             ,          ,              OPEN",
        "*,             com.example.*, ,          ,              CLOSED",
        "*,             com.other.*,   ,          ,              OPEN",
        "*,             *,             10.0.0.1,  ,              CLOSED",
        "*,             *,             10.0.0.1:4000, ,          CLOSED",
        "*,             *,             10.0.0.1:4001, ,          OPEN",
        "*,             *,             10.0.0.2,  ,              OPEN",
        "*,             *,             ,          10.0.0.1,      OPEN",
        "*,             *,             ,          10.0.0.1:4000, OPEN",
        "*,             *,             ,          10.0.0.2,      CLOSED",
        "*,             *,             10.0.0.1,  10.0.0.1:4000, OPEN"
    })
    void aTokenClosesWhatItsScopeCovers(
            String group, String service, String client, String grey, PushPosition expected) {
        PushScope scope = new PushScope(group, service, set(client), set(grey));

        assertThat(new PushSwitch(1, List.of(token("a", scope, 0))).position(PAY, CLIENT, NOW))
                .isEqualTo(expected);
    }

    @Test
    void whatOneOwnerClosedNoOtherOpens() {
        PushSwitch both = PushSwitch.OPEN
                .with(token("operator", PushScope.all(), 0))
                .with(token("rolling-restart", PushScope.all(), 0));

        PushSwitch left = both.without(token -> token.owner().equals("rolling-restart"));

        assertThat(left.position(PAY, CLIENT, NOW)).isEqualTo(PushPosition.CLOSED);
        assertThat(left.without(token -> token.owner().equals("operator")).position(PAY, CLIENT, NOW))
                .isEqualTo(PushPosition.OPEN);
    }

    @Test
    void theStrictestTokenDecides() {
        PushToken holding = new PushToken("a", "", PushPosition.HOLD_SHRINK, PushScope.all(), 1, 0);
        PushSwitch one = PushSwitch.OPEN.with(holding);

        assertThat(one.position(PAY, CLIENT, NOW)).isEqualTo(PushPosition.HOLD_SHRINK);
        assertThat(one.with(token("b", PushScope.all(), 0)).position(PAY, CLIENT, NOW))
                .isEqualTo(PushPosition.CLOSED);
    }

    @Test
    void aTokenEndsByItselfAndIsThenGone() {
        PushSwitch closed = PushSwitch.OPEN.with(token("a", PushScope.all(), 2_000));

        assertThat(closed.position(PAY, CLIENT, 1_999)).isEqualTo(PushPosition.CLOSED);
        assertThat(closed.position(PAY, CLIENT, 2_000)).isEqualTo(PushPosition.OPEN);
        assertThat(closed.inForce(2_000).tokens()).isEmpty();
        assertThat(closed.closedSince(1_999)).hasValue(1);
        assertThat(closed.closedSince(2_000)).isEmpty();
    }

    @Test
    void anOwnersSecondClosingOfTheSameTakesThePlaceOfTheFirst() {
        PushSwitch twice = PushSwitch.OPEN
                .with(token("a", PushScope.all(), 2_000))
                .with(token("a", PushScope.all().sparing(List.of("10.0.0.1")), 0));

        assertThat(twice.tokens()).hasSize(1);
        assertThat(twice.position(PAY, CLIENT, NOW)).isEqualTo(PushPosition.OPEN);
        assertThat(twice.position(PAY, "10.0.0.2:1", 9_000)).isEqualTo(PushPosition.CLOSED);
    }

    @Test
    void theOrderInWhichTokensCameChangesNothing() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<PushToken> tokens = new ArrayList<>();
            IntStream.range(0, 1 + random.nextInt(6)).forEach(i -> tokens.add(any("owner-" + i, random)));
            PushSwitch one = new PushSwitch(1, tokens);
            Collections.shuffle(tokens, random);
            PushSwitch other = new PushSwitch(1, tokens);

            assertThat(one).as("seed " + seed).isEqualTo(other);
            PushPosition strictest = tokens.stream()
                    .filter(each -> new PushSwitch(1, List.of(each)).position(PAY, CLIENT, NOW) != PushPosition.OPEN)
                    .map(PushToken::position)
                    .reduce(PushPosition.OPEN, PushPosition::or);
            assertThat(one.position(PAY, CLIENT, NOW)).as("seed " + seed).isEqualTo(strictest);
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        assertThatThrownBy(() -> token(" ", PushScope.all(), 0)).hasMessageContaining("owner");
        assertThatThrownBy(() -> token("a", PushScope.all(), 1)).hasMessageContaining("end before it begins");
        assertThatThrownBy(() -> new PushToken("a", "", PushPosition.OPEN, PushScope.all(), 1, 0))
                .hasMessageContaining("not open");
        assertThatThrownBy(() -> new PushScope("*", "*", Set.of("no address"), Set.of()))
                .hasMessageContaining("no address");
        assertThatThrownBy(() -> new PushScope(" ", "*", Set.of(), Set.of())).hasMessageContaining("group");
        assertThatThrownBy(() -> PushPosition.ofWord("shut")).hasMessageContaining("closed, hold-shrink");
        assertThatThrownBy(() -> new PushSwitch(-1, List.of())).hasMessageContaining("-1");
        PushToken twice = token("a", PushScope.all(), 0);
        assertThatThrownBy(() -> new PushSwitch(1, List.of(twice, twice))).hasMessageContaining("closed twice by a");
    }

    private static PushToken any(String owner, Random random) {
        PushScope scope = new PushScope(
                random.nextBoolean() ? "*" : "SOFA",
                random.nextBoolean() ? "*" : "com.example.*",
                random.nextInt(3) == 0 ? Set.of("10.0.0.1") : Set.of(),
                random.nextInt(3) == 0 ? Set.of("10.0.0.1") : Set.of());
        PushPosition position = random.nextBoolean() ? PushPosition.CLOSED : PushPosition.HOLD_SHRINK;
        return new PushToken(owner, "", position, scope, 1, random.nextBoolean() ? 0 : 500 + random.nextInt(1_000));
    }

    private static PushToken token(String owner, PushScope scope, long expires) {
        return new PushToken(owner, "why", PushPosition.CLOSED, scope, 1, expires);
    }

    private static Set<String> set(String one) {
        return one == null ? Set.of() : Set.of(one);
    }
}
