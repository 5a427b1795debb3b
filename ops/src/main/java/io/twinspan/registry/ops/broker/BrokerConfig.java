package io.twinspan.registry.ops.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of a broker that is alone: every replication factor 1, few threads, small buffers, and no topic that nobody asked
 * for.
 */
final class BrokerConfig {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final int CLEANER_BUFFER_BYTES = 8 << 20;
    private static final int INDEX_BYTES = 1 << 20;

    /**
     * A broker that was killed may register again only when its session is over. Nothing waits for this one but itself, so the
     * session is shorter than Kafka's 9 s.
     */
    private static final int SESSION_MILLIS = 3_000;

    private static final int HEARTBEAT_MILLIS = 500;

    private BrokerConfig() {}

    /** The controller's port may be another one at every start: the store names voters by id only. */
    static Map<String, String> of(Path folder, int port, int controllerPort, List<BrokerListener> further) {
        Map<String, String> config = new HashMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", Integer.toString(NODE_ID));
        config.put("log.dirs", folder.toString());
        config.put("controller.quorum.voters", NODE_ID + "@" + EmbeddedBroker.HOST + ":" + controllerPort);
        config.put("controller.listener.names", CONTROLLER_LISTENER);
        String own = "PLAINTEXT://" + EmbeddedBroker.HOST + ":" + port;
        String controller = CONTROLLER_LISTENER + "://" + EmbeddedBroker.HOST + ":" + controllerPort;
        config.put("listeners", joined(own, further, BrokerListener::bound) + "," + controller);
        config.put("advertised.listeners", joined(own, further, BrokerListener::advertised));
        config.put(
                "listener.security.protocol.map",
                joined("PLAINTEXT:PLAINTEXT", further, BrokerListener::protocol) + "," + CONTROLLER_LISTENER
                        + ":PLAINTEXT");
        further.forEach(listener -> config.putAll(listener.config()));
        config.put("inter.broker.listener.name", "PLAINTEXT");
        config.put("broker.session.timeout.ms", Integer.toString(SESSION_MILLIS));
        config.put("broker.heartbeat.interval.ms", Integer.toString(HEARTBEAT_MILLIS));
        config.put("auto.create.topics.enable", "false");
        config.put("default.replication.factor", "1");
        config.put("offsets.topic.replication.factor", "1");
        config.put("offsets.topic.num.partitions", "1");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("transaction.state.log.num.partitions", "1");
        config.put("share.coordinator.state.topic.replication.factor", "1");
        config.put("share.coordinator.state.topic.min.isr", "1");
        config.put("share.coordinator.state.topic.num.partitions", "1");
        config.put("log.cleaner.dedupe.buffer.size", Integer.toString(CLEANER_BUFFER_BYTES));
        config.put("log.index.size.max.bytes", Integer.toString(INDEX_BYTES));
        config.put("num.network.threads", "2");
        config.put("num.io.threads", "2");
        config.put("background.threads", "2");
        config.put("group.initial.rebalance.delay.ms", "0");
        return config;
    }

    private static String joined(String first, List<BrokerListener> further, Function<BrokerListener, String> each) {
        return Stream.concat(Stream.of(first), further.stream().map(each)).collect(Collectors.joining(","));
    }
}
