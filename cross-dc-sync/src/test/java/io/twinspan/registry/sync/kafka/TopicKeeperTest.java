package io.twinspan.registry.sync.kafka;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.announce.TopicFault;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TopicKeeperTest {
    private static final TopicSettings TOPICS = new TopicSettings(8, 0, Duration.ofHours(1), Duration.ofSeconds(10));
    private static final KafkaClusterSettings CLUSTER = KafkaClusterSettings.open("127.0.0.1:9");

    @Test
    void aTopicThatMayNotBeWrittenIsToldOnceAndThatItMayAgain() {
        List<List<TopicFault>> told = new ArrayList<>();
        TopicKeeper keeper = keeper(told);

        keeper.onWriteRefused("own", "");
        keeper.onWriteRefused("of-a-peer", "not authorized");
        assertThat(told).isEmpty();

        keeper.onWriteRefused("own", "not authorized");
        keeper.onWriteRefused("own", "not authorized");
        assertThat(told)
                .singleElement()
                .satisfies(faults -> assertThat(faults)
                        .singleElement()
                        .extracting(TopicFault::sentence)
                        .asString()
                        .contains("topic own has access=refused (not authorized)", "127.0.0.1:9"));

        keeper.onWriteRefused("own", "");
        assertThat(told).hasSize(2).last().isEqualTo(List.of());
    }

    @Test
    void aTopicThatIsGoneIsNotWrittenSoThatNoProducerHasItMadeByTheBroker() throws Exception {
        TopicKeeper keeper = keeper(new ArrayList<>());
        Map<String, Integer> topics = new HashMap<>(Map.of("own", 8, "of-a-peer", 1));
        Admin admin = admin(topics);

        assertThat(keeper.look(admin)).isTrue();
        assertThat(keeper.isFit("own")).isTrue();
        assertThat(keeper.isFit("of-a-peer")).isTrue();

        topics.clear();
        assertThat(keeper.look(admin)).isFalse();
        assertThat(keeper.isFit("own")).isFalse();
        assertThat(keeper.isFit("of-a-peer")).isFalse();

        topics.putAll(Map.of("own", 8, "of-a-peer", 1));
        assertThat(keeper.look(admin)).isTrue();
        assertThat(keeper.isFit("own")).isTrue();
        assertThat(keeper.isFit("of-a-peer")).isTrue();
    }

    @Test
    void aTopicThatWasGivenPartitionsIsAnotherForWhoeverReadsIt() throws Exception {
        TopicKeeper keeper = keeper(new ArrayList<>());
        Map<String, Integer> topics = new HashMap<>(Map.of("own", 8, "of-a-peer", 1));
        Admin admin = admin(topics);

        keeper.look(admin);
        Optional<TopicIdentity> before = keeper.identity("of-a-peer");
        topics.put("of-a-peer", 8);
        keeper.look(admin);

        assertThat(keeper.identity("of-a-peer")).isPresent().isNotEqualTo(before);
    }

    private static TopicKeeper keeper(List<List<TopicFault>> told) {
        return new TopicKeeper(
                CLUSTER,
                List.of(new TopicShape("own", 8, TOPICS)),
                Set.of("of-a-peer"),
                new KafkaSettings(
                        new DatacenterId("east"),
                        CLUSTER,
                        Map.of(),
                        TOPICS,
                        64,
                        Duration.ofMillis(50),
                        Duration.ofMillis(500)),
                (topic, faults) -> told.add(faults),
                () -> true);
    }

    /** A cluster of these topics, by their partitions, whose settings may not be read and where none is made at once. */
    private static Admin admin(Map<String, Integer> topics) {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(),
                new Class<?>[] {Admin.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "describeTopics" -> new Described((Collection<?>) arguments[0], topics);
                    case "describeConfigs" -> throw new TopicAuthorizationException("settings may not be read");
                    case "createTopics" -> new Created();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static final class Created extends CreateTopicsResult {
        Created() {
            super(Map.of());
        }
    }

    private static final class Described extends DescribeTopicsResult {
        Described(Collection<?> asked, Map<String, Integer> topics) {
            super(null, asked.stream().map(String.class::cast).collect(toMap(name -> name, name -> of(name, topics))));
        }

        private static KafkaFuture<TopicDescription> of(String topic, Map<String, Integer> topics) {
            KafkaFutureImpl<TopicDescription> found = new KafkaFutureImpl<>();
            Integer partitions = topics.get(topic);
            if (partitions == null) {
                found.completeExceptionally(new UnknownTopicOrPartitionException(topic));
            } else {
                found.complete(new TopicDescription(
                        topic,
                        false,
                        IntStream.range(0, partitions)
                                .mapToObj(each -> new TopicPartitionInfo(each, Node.noNode(), List.of(), List.of()))
                                .toList(),
                        Set.of(),
                        new Uuid(1, topic.hashCode())));
            }
            return found;
        }
    }
}
