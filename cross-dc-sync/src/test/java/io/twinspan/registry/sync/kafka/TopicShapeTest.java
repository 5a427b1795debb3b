package io.twinspan.registry.sync.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.sync.announce.TopicFault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicShapeTest {
    private static final TopicShape SHAPE = new TopicShape("twinspan.announce.east", 8, TopicSettings.standard());

    @Test
    void whatWeMakeOurselvesIsWell() {
        assertThat(SHAPE.faults(8, SHAPE.asNew().configs())).isEmpty();
        assertThat(SHAPE.asNew().numPartitions()).isEqualTo(8);
        assertThat(SHAPE.asNew().replicationFactor()).isEqualTo((short) -1);
        TopicSettings threefold = TopicSettings.standard().with(3, Duration.ofHours(2));
        assertThat(new TopicShape("t", 8, threefold).asNew().replicationFactor())
                .isEqualTo((short) 3);
        assertThat(new TopicShape("t", 8, threefold).asNew().configs()).containsEntry("retention.ms", "7200000");
    }

    @Test
    void anotherNumberOfPartitionsIsRefusedWithBothNumbersAndWhatToDo() {
        assertThat(SHAPE.faults(1, SHAPE.asNew().configs()))
                .singleElement()
                .extracting(TopicFault::sentence)
                .isEqualTo("topic twinspan.announce.east has partitions=1 and must have 8: delete the topic,"
                        + " kafka-topics.sh --delete --topic twinspan.announce.east; it is made anew and nothing is"
                        + " lost by it");
    }

    @ParameterizedTest
    @CsvSource({
        "cleanup.policy, compact, delete",
        "cleanup.policy, 'compact,delete', delete",
        "retention.ms, -1, 3600000",
        "retention.ms, 60000, 3600000",
        "retention.ms, 604800001, 3600000",
        "max.message.bytes, 100000, 1048588"
    })
    void aSettingThatLosesRecordsOrKeepsThemForEverIsRefused(String setting, String found, String wanted) {
        assertThat(SHAPE.faults(8, with(setting, found))).singleElement().satisfies(fault -> {
            assertThat(fault.setting()).isEqualTo(setting);
            assertThat(fault.found()).isEqualTo(found);
            assertThat(fault.wanted()).isEqualTo(wanted);
            assertThat(fault.sentence())
                    .contains("kafka-configs.sh --alter --entity-type topics --entity-name twinspan.announce.east"
                            + " --add-config " + setting + "=" + wanted);
        });
    }

    @ParameterizedTest
    @CsvSource({"retention.ms, 600000", "retention.ms, 604800000", "max.message.bytes, 10485760", "segment.ms, 1000"})
    void whatDoesNoHarmIsTaken(String setting, String found) {
        assertThat(SHAPE.faults(8, with(setting, found))).isEmpty();
    }

    @Test
    void settingsThatMayNotBeReadAreNotJudged() {
        assertThat(SHAPE.faults(8, Map.of())).isEmpty();
    }

    @Test
    void settingsWithoutSenseAreRefused() {
        assertThatThrownBy(() -> TopicSettings.standard().with(-1, Duration.ofHours(1)))
                .hasMessageContaining("replication-factor is -1");
        assertThatThrownBy(() -> TopicSettings.standard().with(0, Duration.ofMinutes(1)))
                .hasMessageContaining("retention is PT1M");
        assertThatThrownBy(() -> new TopicSettings(0, 0, Duration.ofHours(1), Duration.ofSeconds(1)))
                .hasMessageContaining("partitions is 0");
        assertThatThrownBy(() -> new TopicSettings(8, 0, Duration.ofHours(1), Duration.ZERO))
                .hasMessageContaining("look-again");
    }

    private static Map<String, String> with(String setting, String value) {
        Map<String, String> config = new HashMap<>(SHAPE.asNew().configs());
        config.put(setting, value);
        return config;
    }
}
