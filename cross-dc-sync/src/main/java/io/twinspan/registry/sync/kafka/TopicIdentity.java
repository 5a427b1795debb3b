package io.twinspan.registry.sync.kafka;

import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;

/** Which topic it is, of those that have had its name, and how far it reaches: who reads it has to begin anew when either changes. */
record TopicIdentity(Uuid id, int partitions) {
    static TopicIdentity of(TopicDescription found) {
        return new TopicIdentity(found.topicId(), found.partitions().size());
    }
}
