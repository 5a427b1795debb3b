package io.twinspan.registry.it.sync;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** Where the partitions of a topic end. */
final class TopicEnds {
    private static final int SECONDS = 20;

    private TopicEnds() {}

    static Map<TopicPartition, Long> of(Admin admin, String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(SECONDS, TimeUnit.SECONDS)
                .values()
                .forEach(found -> found.partitions()
                        .forEach(each -> asked.put(new TopicPartition(topic, each.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> found =
                admin.listOffsets(asked).all().get(SECONDS, TimeUnit.SECONDS);
        found.forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** Deletes every record that is there, of a topic that may just have been made: its partitions get their leaders one by one. */
    static void truncate(Admin admin, String topic) {
        await("the leaders of " + topic)
                .atMost(Duration.ofSeconds(SECONDS))
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .untilAsserted(() -> deleteAll(admin, topic));
    }

    private static void deleteAll(Admin admin, String topic) throws Exception {
        Map<TopicPartition, RecordsToDelete> everything = new HashMap<>();
        of(admin, topic).forEach((partition, end) -> everything.put(partition, RecordsToDelete.beforeOffset(end)));
        admin.deleteRecords(everything).all().get(SECONDS, TimeUnit.SECONDS);
    }
}
