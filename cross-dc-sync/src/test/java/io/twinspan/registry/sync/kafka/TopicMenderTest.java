package io.twinspan.registry.sync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.sync.announce.TopicFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicMenderTest {
    private static final TopicShape SHAPE = new TopicShape("twinspan.announce.east", 8, TopicSettings.standard());
    private static final Map<String, String> OURS = SHAPE.asNew().configs();
    private static final Map<String, String> BROKERS = Map.of("retention.ms", "-1", "cleanup.policy", "delete");

    @Test
    void whatTheBrokerMadeByItselfGetsPartitionsAndSettings() throws Exception {
        Cluster cluster = new Cluster("true", "1", "");

        assertThat(mend(cluster, found(1, Map.of()))).isEmpty();
        assertThat(cluster.done).containsExactly("partitions 8", "settings " + OURS);
    }

    @Test
    void whatAnotherNodeHasMendedHalfOrWholeMeanwhileIsMendedToo() throws Exception {
        Cluster half = new Cluster("true", "1", "");
        assertThat(mend(half, found(8, Map.of()))).isEmpty();
        assertThat(half.done).containsExactly("settings " + OURS);

        Cluster whole = new Cluster("true", "1", "");
        assertThat(mend(whole, found(1, OURS))).isEmpty();
        assertThat(whole.done).containsExactly("partitions 8", "settings " + OURS);
    }

    @ParameterizedTest
    @CsvSource({
        "1, retention.ms=-1, true, 1",
        "1, segment.ms=1000, true, 1",
        "2, '', true, 1",
        "1, '', false, 1",
        "9, '', true, 9"
    })
    void whatSomebodyMayHaveWantedSoAndWhatHasTooManyPartitionsIsLeftAsItIs(
            int partitions, String own, String makesTopics, String itsPartitions) throws Exception {
        Cluster cluster = new Cluster(makesTopics, itsPartitions, "");
        String[] setting = own.split("=");
        FoundTopic found = found(partitions, own.isEmpty() ? Map.of() : Map.of(setting[0], setting[1]));

        assertThat(mend(cluster, found)).isEqualTo(faults(found)).isNotEmpty();
        assertThat(cluster.done).isEmpty();
    }

    @Test
    void whatIsWellIsNotTouched() throws Exception {
        Cluster cluster = new Cluster("true", "8", "");
        FoundTopic found = found(8, OURS);

        assertThat(new TopicMender(cluster).mend(SHAPE, found, List.of())).isEmpty();
        assertThat(cluster.done).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "settings, DescribeConfigs on the cluster, 0",
        "partitions, Alter on the topic, 0",
        "set, AlterConfigs on the topic, 1"
    })
    void whoMayNotMendItNamesTheRightThatIsMissingBesideWhatIsWrong(String refused, String right, int done)
            throws Exception {
        Cluster cluster = new Cluster("true", "1", refused);
        FoundTopic found = found(1, Map.of());
        List<TopicFault> left = mend(cluster, found);

        assertThat(left).containsAll(faults(found)).hasSize(faults(found).size() + 1);
        assertThat(left)
                .last()
                .extracting(TopicFault::sentence)
                .asString()
                .contains(
                        "topic twinspan.announce.east has access=refused", "must have " + right + ": with that right");
        assertThat(cluster.done).hasSize(done);
    }

    @Test
    void whoMayNotReadItsSettingsDoesNotMendItAndSaysSo() throws Exception {
        Cluster cluster = new Cluster("true", "1", "");
        FoundTopic found = new FoundTopic(1, Map.of(), Map.of());

        assertThat(mend(cluster, found))
                .extracting(TopicFault::wanted)
                .containsExactly("8", "DescribeConfigs on the topic");
        assertThat(cluster.done).isEmpty();
    }

    private static List<TopicFault> mend(Cluster cluster, FoundTopic found) throws InterruptedException {
        return new TopicMender(cluster).mend(SHAPE, found, faults(found));
    }

    private static List<TopicFault> faults(FoundTopic found) {
        return SHAPE.faults(found.partitions(), found.settings());
    }

    private static FoundTopic found(int partitions, Map<String, String> own) {
        Map<String, String> settings = new HashMap<>(BROKERS);
        settings.putAll(own);
        return new FoundTopic(partitions, settings, own);
    }

    /** Notes what is done, and refuses one thing. */
    private record Cluster(String makesTopics, String itsPartitions, String refused, List<String> done)
            implements TopicMender.Broker {
        Cluster(String makesTopics, String itsPartitions, String refused) {
            this(makesTopics, itsPartitions, refused, new ArrayList<>());
        }

        @Override
        public Map<String, String> settings() {
            if (refused.equals("settings")) {
                throw new ClusterAuthorizationException("not authorized");
            }
            return Map.of("auto.create.topics.enable", makesTopics, "num.partitions", itsPartitions);
        }

        @Override
        public void addPartitions(String topic, int partitions) {
            if (refused.equals("partitions")) {
                throw new TopicAuthorizationException(topic);
            }
            done.add("partitions " + partitions);
        }

        @Override
        public void set(String topic, Map<String, String> settings) {
            if (refused.equals("set")) {
                throw new TopicAuthorizationException(topic);
            }
            done.add("settings " + settings);
        }
    }
}
