package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.sync.announce.TopicFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after topics of one cluster, on a thread of its own: own ones are made when they are missing and refused when they are not
 * as they must be, again and again, so that one that was deleted comes back and one that was mended is taken; one that the broker made
 * by itself is mended here ({@link TopicMender}). Of others only the identity is noted. What was found well stays so while the cluster cannot be asked.
 */
final class TopicKeeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicKeeper.class);

    /** Settings take more to ask for than identities, and change less. */
    private static final int LOOKS_A_CHECK = 6;

    private final KafkaClusterSettings cluster;
    private final List<TopicShape> own;
    private final Set<String> watched;
    private final KafkaSettings settings;
    private final BiConsumer<String, List<TopicFault>> news;
    private final BooleanSupplier isClosed;
    private final Map<String, TopicIdentity> identities = new ConcurrentHashMap<>();
    private final Map<String, List<TopicFault>> faults = new ConcurrentHashMap<>();
    // Gone, or another one since the last judgement.
    private final Set<String> unjudged = ConcurrentHashMap.newKeySet();
    private final Map<String, TopicFault> refusedWrites = new ConcurrentHashMap<>();
    private final BlockingQueue<Boolean> wakings = new ArrayBlockingQueue<>(1);
    private final Set<String> unchecked = new HashSet<>();
    private final Map<String, String> missing = new ConcurrentHashMap<>();
    private volatile @Nullable String trouble;
    private int looks;
    private boolean isRefused;

    /**
     * @param own topics to make and to check
     * @param watched topics of others
     * @param news told of each own topic that is found unfit, or fit (no faults) after that
     */
    TopicKeeper(
            KafkaClusterSettings cluster,
            List<TopicShape> own,
            Set<String> watched,
            KafkaSettings settings,
            BiConsumer<String, List<TopicFault>> news,
            BooleanSupplier isClosed) {
        this.cluster = cluster;
        this.own = List.copyOf(own);
        this.watched = Set.copyOf(watched);
        this.settings = settings;
        this.news = news;
        this.isClosed = isClosed;
    }

    /** Where its topics stand. */
    KafkaClusterSettings cluster() {
        return cluster;
    }

    /**
     * Whether a topic can be written; any thread. One that is gone cannot: a producer that asks for it would have it made by a broker
     * that makes topics as it likes.
     */
    boolean isFit(String topic) {
        List<TopicFault> known = faults.get(topic);
        return known != null && known.isEmpty() && !unjudged.contains(topic);
    }

    /** Why {@link #isFit} is false, in a few words; empty while nothing speaks against it. Any thread. */
    Optional<String> whyUnfit(String topic) {
        List<TopicFault> known = faults.getOrDefault(topic, List.of());
        if (!known.isEmpty()) {
            return Optional.of(known.get(0).sentence());
        }
        String gone = missing.get(topic);
        return Optional.ofNullable(gone == null ? trouble : gone);
    }

    /** Which topic of that name was there last; another identity is another topic. Empty until it was seen; any thread. */
    Optional<TopicIdentity> identity(String topic) {
        return Optional.ofNullable(identities.get(topic));
    }

    /** Somebody has met something strange, or wants this to end: does not wait for the next look; any thread. */
    void wake() {
        wakings.offer(true);
    }

    @Override
    public void run() {
        try {
            while (!isClosed.getAsBoolean()) {
                try (Admin admin = KafkaClients.admin(cluster)) {
                    keep(admin);
                } catch (KafkaException unusable) {
                    trouble = unusable.toString();
                    await(settings.retryMax());
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(Admin admin) throws InterruptedException {
        Duration retry = settings.retryMin();
        while (!isClosed.getAsBoolean()) {
            if (look(admin)) {
                retry = settings.retryMin();
                await(settings.topics().lookAgain());
            } else {
                await(retry);
                Duration twice = retry.multipliedBy(2);
                retry = twice.compareTo(settings.retryMax()) < 0 ? twice : settings.retryMax();
            }
        }
    }

    /** True when everything is there and as it must be. */
    boolean look(Admin admin) throws InterruptedException {
        try {
            Set<String> names = new HashSet<>(watched);
            own.forEach(shape -> names.add(shape.topic()));
            Map<String, KafkaFuture<TopicDescription>> asked =
                    admin.describeTopics(names).topicNameValues();
            boolean isWell = true;
            for (TopicShape shape : own) {
                isWell &= lookAt(admin, shape, asked);
            }
            for (String topic : watched) {
                isWell &= lookFor(topic, asked);
            }
            trouble = null;
            looks++;
            onAllowed();
            return isWell;
        } catch (KafkaException notNow) {
            trouble = notNow.toString();
            if (isRefusal(notNow) || isRefusal(notNow.getCause())) {
                onRefused(notNow);
            }
            return false;
        }
    }

    private static boolean isRefusal(@Nullable Throwable failure) {
        return failure instanceof AuthenticationException || failure instanceof AuthorizationException;
    }

    /** What was found of the topics before stays what it is; that nobody may look any more is told beside it. */
    private void onRefused(KafkaException refusal) {
        if (isRefused) {
            return;
        }
        isRefused = true;
        for (TopicShape shape : own) {
            news.accept(shape.topic(), List.of(accessFault(shape.topic(), String.valueOf(refusal.getMessage()))));
        }
    }

    private TopicFault accessFault(String topic, String why) {
        return new TopicFault(
                topic,
                "access",
                "refused (" + why + ")",
                "read and write",
                "give kafka-client what the cluster at " + cluster.bootstrap() + " takes");
    }

    /**
     * Whoever writes a topic has found that it may not, though the topic is as it must be, or that it may again; any thread.
     *
     * @param why empty when it may
     */
    void onWriteRefused(String topic, String why) {
        if (own.stream().noneMatch(shape -> shape.topic().equals(topic))) {
            return;
        }
        TopicFault now = why.isEmpty() ? null : accessFault(topic, why);
        TopicFault before = now == null ? refusedWrites.remove(topic) : refusedWrites.put(topic, now);
        if (!Objects.equals(before, now)) {
            tell(topic);
        }
    }

    private void tell(String topic) {
        List<TopicFault> all = new ArrayList<>(faults.getOrDefault(topic, List.of()));
        TopicFault refused = refusedWrites.get(topic);
        if (refused != null) {
            all.add(refused);
        }
        news.accept(topic, all);
    }

    private void onAllowed() {
        if (isRefused) {
            isRefused = false;
            own.forEach(shape -> tell(shape.topic()));
        }
    }

    private boolean lookAt(Admin admin, TopicShape shape, Map<String, KafkaFuture<TopicDescription>> asked)
            throws InterruptedException {
        TopicIdentity before = identities.get(shape.topic());
        Optional<TopicDescription> described = describe(shape.topic(), asked);
        if (described.isEmpty()) {
            unjudged.add(shape.topic());
            make(admin, shape);
            return false;
        }
        if (!TopicIdentity.of(described.get()).equals(before)) {
            unjudged.add(shape.topic());
        }
        if (!isFit(shape.topic()) || looks % LOOKS_A_CHECK == 0) {
            AdminBroker broker = new AdminBroker(admin);
            FoundTopic found = find(broker, described.get());
            List<TopicFault> wrong = shape.faults(found.partitions(), found.settings());
            List<TopicFault> left = new TopicMender(broker).mend(shape, found, wrong);
            if (!wrong.isEmpty() && left.isEmpty()) {
                // What became of it is seen at the next look.
                unjudged.add(shape.topic());
                return false;
            }
            judge(shape, left);
        }
        return isFit(shape.topic());
    }

    /** Whether its owner has made it; how, the owner judges. */
    private boolean lookFor(String topic, Map<String, KafkaFuture<TopicDescription>> asked)
            throws InterruptedException {
        boolean isThere = describe(topic, asked).isPresent();
        if (isThere) {
            faults.put(topic, List.of());
            missing.remove(topic);
            unjudged.remove(topic);
        } else {
            unjudged.add(topic);
            missing.put(topic, "the topic does not exist yet; the datacenter it is named for makes it");
        }
        return isThere;
    }

    private Optional<TopicDescription> describe(String topic, Map<String, KafkaFuture<TopicDescription>> asked)
            throws InterruptedException {
        KafkaFuture<TopicDescription> answer = asked.get(topic);
        if (answer == null) {
            return Optional.empty();
        }
        try {
            TopicDescription found = KafkaClients.answer(answer);
            identities.put(topic, TopicIdentity.of(found));
            return Optional.of(found);
        } catch (UnknownTopicOrPartitionException absent) {
            return Optional.empty();
        }
    }

    private void make(Admin admin, TopicShape shape) throws InterruptedException {
        try {
            KafkaClients.answer(admin.createTopics(List.of(shape.asNew())).all());
            LOG.info(
                    "topic made topic={} partitions={} bootstrap={}",
                    shape.topic(),
                    shape.partitions(),
                    cluster.bootstrap());
        } catch (TopicExistsException somebodyElseMadeIt) {
            LOG.debug("topic was made by another node topic={}", shape.topic());
        } catch (AuthorizationException notAllowed) {
            throw new KafkaException(
                    "topic " + shape.topic() + " is missing and this node may not make it; make it with "
                            + shape.partitions() + " partitions and "
                            + shape.asNew().configs(),
                    notAllowed);
        }
    }

    /** Where we may not ask for settings, the topic is taken as it is. */
    private FoundTopic find(AdminBroker broker, TopicDescription found) throws InterruptedException {
        int partitions = found.partitions().size();
        try {
            return broker.find(found.name(), partitions);
        } catch (AuthorizationException notAllowed) {
            if (unchecked.add(found.name())) {
                LOG.warn(
                        "topic is used unchecked, its settings may not be read topic={} cause={}",
                        found.name(),
                        notAllowed.toString());
            }
            return new FoundTopic(partitions, Map.of(), Map.of());
        }
    }

    private void judge(TopicShape shape, List<TopicFault> found) {
        List<TopicFault> before = faults.put(shape.topic(), List.copyOf(found));
        unjudged.remove(shape.topic());
        if (found.equals(before) || (before == null && found.isEmpty())) {
            return;
        }
        if (found.isEmpty()) {
            LOG.info("topic can be used again topic={}", shape.topic());
        }
        for (TopicFault fault : found) {
            LOG.warn("topic is refused, looking again bootstrap={} cause={}", cluster.bootstrap(), fault.sentence());
        }
        tell(shape.topic());
    }

    private void await(Duration bound) throws InterruptedException {
        wakings.poll(bound.toNanos(), TimeUnit.NANOSECONDS);
    }
}
