package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.ops.demo.Installation;
import io.twinspan.registry.ops.link.DatacenterLink;
import io.twinspan.registry.ops.link.DatacenterLink.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One of two datacenters: a node and a broker as processes of their own, which the other side reaches over the link only. */
final class BenchSide implements AutoCloseable {
    private static final Duration STARTING = Duration.ofMinutes(2);
    private static final Duration VERIFYING = Duration.ofSeconds(90);
    private static final int KAFKA_PORT = 9640;
    private static final int KAFKA_FAR_PORT = 9641;

    private final Installation installation;
    private final String name;
    private final NodeOrder order;
    private final BenchBroker.Ports kafka;
    private final int metaRelay;
    private final int dataRelay;
    private @Nullable NodeOrder linked;
    private @Nullable BenchNode node;
    private @Nullable BenchBroker broker;

    /** @param towards the direction in which requests to this side cross the link */
    BenchSide(Installation installation, NodeOrder order, DatacenterLink link, Way towards) {
        this.installation = installation;
        this.name = order.datacenter();
        this.order = order;
        int farPort = KAFKA_FAR_PORT + order.portOffset();
        this.kafka = new BenchBroker.Ports(KAFKA_PORT + order.portOffset(), farPort, link.relay(towards, farPort));
        this.metaRelay = link.relay(towards, NodePort.META_FOR_META.defaultNumber() + order.portOffset());
        this.dataRelay = link.relay(towards, NodePort.DATA_FOR_DATA.defaultNumber() + order.portOffset());
    }

    /** Names the other side, before anything is started. */
    void connect(BenchSide peer) {
        linked = new NodeOrder(
                order.folder(),
                name,
                order.heap(),
                order.portOffset(),
                List.of(
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
    }

    void startBroker() {
        broker = BenchBroker.start(installation, folder("kafka"), kafka);
    }

    void startNode() {
        if (linked == null) {
            throw new IllegalStateException("the other side has not been named");
        }
        node = BenchNode.start(installation, linked);
    }

    void killBroker() {
        if (broker != null) {
            broker.kill();
            broker = null;
        }
    }

    void killNode() {
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
        return new Endpoint("127.0.0.1", NodePort.SESSION_CLIENT.defaultNumber() + order.portOffset());
    }

    long nodePid() {
        return node().pid();
    }

    List<Long> pids() {
        return Stream.concat(
                        node == null ? Stream.empty() : Stream.of(node.pid()),
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
