package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.sync.announce.TopicFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a topic that the broker made by itself one that can be used. A broker with {@code auto.create.topics.enable=true} makes a
 * topic, as it likes, when any client asks for one that is not there; ours do so, too, when a topic is deleted under them, since a
 * producer of Kafka's cannot be told not to.
 *
 * <p>What somebody may have wanted so is never changed. A topic is taken for the broker's own only when all of this is so:
 *
 * <ul>
 *   <li>the broker makes topics by itself;
 *   <li>the topic has no setting of its own, or exactly those that are given here: another node was faster;
 *   <li>it has as many partitions as the broker gives ({@code num.partitions}), or as many as it must have: another node was faster,
 *       or died half way.
 * </ul>
 *
 * <p>Such a topic gets the partitions that are missing and our settings; its replicas stay the broker's. One with more partitions than
 * it must have stays refused: Kafka takes none away. Partitions may be added while others read: a reader that sees another number of
 * them begins anew and asks for what it may have missed, and what of one node changes places is put in order by its sequence.
 */
final class TopicMender {
    /** A cluster as far as this needs it. Each method throws {@link AuthorizationException} when this node may not. */
    interface Broker {
        /** The settings of one of the brokers, by name. */
        Map<String, String> settings() throws InterruptedException;

        /** Adds what a topic has not got of so many partitions; nothing when it has got them. */
        void addPartitions(String topic, int partitions) throws InterruptedException;

        /** Gives a topic settings of its own: all of them or none. */
        void set(String topic, Map<String, String> settings) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(TopicMender.class);
    private static final String MAKES_TOPICS = "auto.create.topics.enable";
    private static final String PARTITIONS = "num.partitions";

    private final Broker broker;

    TopicMender(Broker broker) {
        this.broker = broker;
    }

    /**
     * Mends a topic if that may be done.
     *
     * @param wrong what is wrong with it
     * @return what is left of that, with the right that this node lacks to mend it; empty when the topic was mended
     * @throws KafkaException when the cluster cannot do it now
     */
    List<TopicFault> mend(TopicShape shape, FoundTopic found, List<TopicFault> wrong) throws InterruptedException {
        Map<String, String> wanted = shape.asNew().configs();
        boolean isChosen = !found.own().isEmpty() && !found.own().equals(wanted);
        if (wrong.isEmpty() || isChosen || found.partitions() > shape.partitions()) {
            return wrong;
        }
        String right = "DescribeConfigs on the topic";
        try {
            if (!found.isReadable()) {
                return with(wrong, missing(shape, right, "its settings may not be read"));
            }
            right = "DescribeConfigs on the cluster";
            if (!isBrokersOwn(shape, found, broker.settings())) {
                return wrong;
            }
            // Before the settings: who may not do this has changed nothing.
            right = "Alter on the topic";
            if (found.partitions() < shape.partitions()) {
                broker.addPartitions(shape.topic(), shape.partitions());
            }
            right = "AlterConfigs on the topic";
            broker.set(shape.topic(), wanted);
        } catch (AuthorizationException notAllowed) {
            return with(wrong, missing(shape, right, String.valueOf(notAllowed.getMessage())));
        }
        LOG.warn(
                "the broker had made a topic by itself, it has been mended; {}=false there keeps it from that topic={}"
                        + " partitions={} before={} settings={}",
                MAKES_TOPICS,
                shape.topic(),
                shape.partitions(),
                found.partitions(),
                wanted);
        return List.of();
    }

    private static boolean isBrokersOwn(TopicShape shape, FoundTopic found, Map<String, String> settings) {
        String partitions = Integer.toString(found.partitions());
        return Boolean.parseBoolean(settings.get(MAKES_TOPICS))
                && (found.partitions() == shape.partitions() || partitions.equals(settings.get(PARTITIONS)));
    }

    private static TopicFault missing(TopicShape shape, String right, String why) {
        return new TopicFault(
                shape.topic(),
                "access",
                "refused (" + why + ")",
                right,
                "with that right this node mends the topic when it is one that the broker made by itself");
    }

    private static List<TopicFault> with(List<TopicFault> wrong, TopicFault further) {
        List<TopicFault> all = new ArrayList<>(wrong);
        all.add(further);
        return all;
    }
}
