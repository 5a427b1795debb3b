package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.ops.demo.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One of two datacenters: a node, or one without sessions and one of sessions alone, and a broker as processes of their own, which the other side reaches over the link only. */
final class BenchSide implements AutoCloseable {
    private static final Duration STARTING = Duration.ofMinutes(2);
    private static final Duration VERIFYING = Duration.ofSeconds(90);
    private static final int KAFKA_PORT = 9640;
    private static final int KAFKA_FAR_PORT = 9641;

    private final Installation installation;
    private final String name;
    private final NodeOrder order;
    private final boolean isSessionApart;
    private final BenchBroker.Ports kafka;
    private final int metaRelay;
    private final int dataRelay;
    private @Nullable NodeOrder linked;
    private @Nullable BenchNode node;
    private @Nullable BenchNode session;
    private @Nullable BenchBroker broker;

    /**
     * @param isSessionApart whether the session has a process of its own
     * @param relay gives each port that the other side is to reach another one, through the link
     */
    BenchSide(Installation installation, NodeOrder order, boolean isSessionApart, IntUnaryOperator relay) {
        this.installation = installation;
        this.name = order.datacenter();
        this.order = order;
        this.isSessionApart = isSessionApart;
        int farPort = KAFKA_FAR_PORT + order.portOffset();
        this.kafka = new BenchBroker.Ports(KAFKA_PORT + order.portOffset(), farPort, relay.applyAsInt(farPort));
        this.metaRelay = relay.applyAsInt(NodePort.META_FOR_META.defaultNumber() + order.portOffset());
        this.dataRelay = relay.applyAsInt(NodePort.DATA_FOR_DATA.defaultNumber() + order.portOffset());
    }

    /** Names the other side, before anything is started. */
    void connect(BenchSide peer) {
        List<String> lines = new ArrayList<>(List.of(
                "  advertised:",
                "    data-for-data: 127.0.0.1:" + dataRelay,
                "  kafka: 127.0.0.1:" + kafka.port(),
                "  peers:",
                "    - datacenter: " + peer.name,
                "      kafka: 127.0.0.1:" + peer.kafka.relay(),
                "      meta: [\"127.0.0.1:" + peer.metaRelay + "\"]",
                "  data:",
                "    warming-earliest: 3s",
                "    warming-quiet: 2s"));
        lines.addAll(order.further());
        linked = order.with(lines);
    }

    void startBroker() {
        broker = BenchBroker.start(installation, folder("kafka"), kafka);
    }

    void startNode() {
        if (linked == null) {
            throw new IllegalStateException("the other side has not been named");
        }
        if (isSessionApart) {
            node = BenchNode.start(installation, linked.of("meta, data", name));
            session = BenchNode.start(installation, linked.of("session", name + "-session"));
        } else {
            node = BenchNode.start(installation, linked);
        }
    }

    void killBroker() {
        if (broker != null) {
            broker.kill();
            broker = null;
        }
    }

    /** Of a datacenter whose session has a process of its own. */
    void killSession() {
        if (session != null) {
            session.kill();
            session = null;
        }
    }

    void killNode() {
        killSession();
        if (node != null) {
            node.kill();
            node = null;
        }
    }

    /** Returns when session and data are well and the node can announce. */
    void awaitReady() {
        await("be ready", () -> node().isHealthy() && reading().isWriting());
    }

    /** Returns when it has all that the peer has said. */
    void awaitSynced() {
        await("hear all of its peer", () -> reading().isSynced());
    }

    SyncReading reading() {
        return SyncReading.of(node().get(NodePort.DATA_HTTP, "/digest/sync"));
    }

    /** Asks the peer what it holds now, and compares; true when both agree. */
    boolean agrees() {
        String answer = node().get(NodePort.DATA_HTTP, "/digest/sync/verify", VERIFYING);
        return !answer.isEmpty()
                && JsonMapper.shared().readTree(answer).path("agreed").asBoolean();
    }

    Endpoint session() {
        return endpoint(NodePort.SESSION_CLIENT);
    }

    Endpoint endpoint(NodePort port) {
        return new Endpoint("127.0.0.1", port.defaultNumber() + order.portOffset());
    }

    /** The body of a good answer at a port of this side; empty otherwise. */
    String get(NodePort port, String path) {
        return node().get(port, path);
    }

    long nodePid() {
        return node().pid();
    }

    List<Long> pids() {
        return Stream.concat(
                        Stream.of(node, session).filter(Objects::nonNull).map(BenchNode::pid),
                        broker == null ? Stream.empty() : Stream.of(broker.pid()))
                .toList();
    }

    @Override
    public void close() {
        killNode();
        killBroker();
    }

    private void await(String what, BooleanSupplier isDone) {
        Waiting.until(STARTING, "the node of the " + name + " did not " + what, () -> {
            if (!node().isAlive()) {
                throw new BenchException("the node of the " + name + " has ended; see " + order.folder(), null);
            }
            return isDone.getAsBoolean();
        });
    }

    private BenchNode node() {
        if (node == null) {
            throw new IllegalStateException("no node runs in the " + name);
        }
        return node;
    }

    private Path folder(String part) {
        return order.folder().resolveSibling(name + "-" + part);
    }
}
