package io.twinspan.registry.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SlotsTextTest {
    private static final String ANSWER = """
            {"datacenter": "east", "epoch": "12", "isPaused": %s, "removed": ["gone-for-good"],
             "nodes": [{"node": "0123456789", "address": "127.0.1.1:9620", "presence": "%s", "leads": 1, "follows": 1},
                       {"node": "abcdefghij", "address": "127.0.1.2:9620", "presence": "silent", "isEvacuating": true,
                        "leads": 1, "follows": 1}],
             "slots": [{"slot": 0, "leader": "0123456789", "epoch": "3", "state": "settled",
                        "followers": [{"node": "abcdefghij", "state": "%s", "lag": "%s"}]},
                       {"slot": 1, "leader": "abcdefghij", "epoch": "4", "state": "settled", "movedTo": "abcdefghij",
                        "followers": [{"node": "0123456789", "state": "current", "lag": "0"}]}]}
            """;

    private static List<String> lines(boolean isAll, Object... values) {
        return shown(isAll, "heard", values);
    }

    private static List<String> shown(boolean isAll, String presence, Object... values) {
        List<Object> all = new ArrayList<>(List.of(values));
        all.add(1, presence);
        return new SlotsText(JsonMapper.shared().readTree(ANSWER.formatted(all.toArray()))).lines(isAll);
    }

    @Test
    void nodeWithAWrongClockIsShownAsUnfit() {
        assertThat(shown(false, "unfit", false, "current", "0"))
                .contains(
                        "  01234567  127.0.1.1:9620             1        1  unfit: its clock is wrong, it takes no slot");
    }

    @Test
    void wellSlotsAreCountedAndNotListed() {
        assertThat(lines(false, false, "current", "0"))
                .containsExactly(
                        "east: slot table 12, 2 slots on 2 data nodes",
                        "  NODE      ADDRESS                LEADS  FOLLOWS",
                        "  01234567  127.0.1.1:9620             1        1",
                        "  abcdefgh  127.0.1.2:9620             1        1  silent  evacuating",
                        "  gone-for  removed for good",
                        "All slots are settled and all followers are current. --all lists them.");
    }

    @Test
    void slotWithAFollowerThatIsBehindIsListedWithItsLag() {
        assertThat(lines(false, true, "behind", "17"))
                .contains("1 of 2 slots are not well:")
                .contains("  slot   0  epoch 3     leader 01234567 settled  followers abcdefgh behind (lag 17)")
                .anyMatch(line -> line.contains("PAUSED"));
    }

    @Test
    void allListsEverySlotAndWhereItWasMoved() {
        assertThat(lines(true, false, "current", "0"))
                .contains(
                        "  slot   1  epoch 4     leader abcdefgh settled  followers 01234567 current  moved to abcdefgh");
    }
}
