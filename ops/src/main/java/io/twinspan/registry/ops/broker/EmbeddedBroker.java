package io.twinspan.registry.ops.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import picocli.CommandLine;

/** One running broker on the loopback address. It needs no more than 96 MB of heap. */
public final class EmbeddedBroker implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it takes requests, after about 4 s. A folder without a store is formatted; a store that is
     * there is used as it is.
     *
     * @param folder created when it is missing
     * @param port that clients connect to; 0 takes a free one
     * @throws UncheckedIOException when the folder cannot be written
     * @throws IllegalStateException naming folder and port when the broker does not come up
     */
    public static EmbeddedBroker start(Path folder, int port) {
        return start(folder, port, List.of());
    }

    /** The same with further ports; what must not change between two starts is the port that other nodes know. */
    public static EmbeddedBroker start(Path folder, int port, List<BrokerListener> further) {
        return start(folder, port, further, Map.of());
    }

    /**
     * The same for what happens with brokers that are set otherwise.
     *
     * @param settings of Kafka's brokers, in place of ours
     */
    public static EmbeddedBroker start(
            Path folder, int port, List<BrokerListener> further, Map<String, String> settings) {
        FreePorts free = new FreePorts(EmbeddedBroker::unboundPort);
        further.forEach(listener -> free.besides(listener.port()));
        int clientPort = port == 0 ? free.next() : port;
        int controllerPort = free.besides(clientPort).next();
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the broker's folder " + folder + " cannot be made", unwritable);
        }
        try {
            formatIfNew(folder);
            Map<String, String> config = BrokerConfig.of(folder, clientPort, controllerPort, further);
            config.putAll(settings);
            return new EmbeddedBroker(
                    startup(new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM)), clientPort);
        } catch (Exception refused) {
            throw new IllegalStateException(
                    "the broker in " + folder + " did not start on port " + clientPort + ": " + refused.getMessage(),
                    refused);
        }
    }

    /** Runs a broker as a process of its own until it is told to end: {@code --folder FOLDER --port PORT}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BrokerProcess()).execute(args));
    }

    /** What clients are given as bootstrap server: {@code 127.0.0.1:port}. */
    public String bootstrap() {
        return HOST + ":" + port;
    }

    /** The port that clients connect to. */
    public int port() {
        return port;
    }

    /** Blocks until {@link #close} has been called by another thread and all is on disk. */
    public void awaitClose() {
        server.awaitShutdown();
    }

    /** Ends the broker in good order; what clients were told is stored stays stored. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** A server that fails half way leaves threads behind unless it is shut down. */
    private static KafkaRaftServer startup(KafkaRaftServer server) {
        try {
            server.startup();
            return server;
        } catch (RuntimeException | Error failed) {
            server.shutdown();
            throw failed;
        }
    }

    private static void formatIfNew(Path folder) throws Exception {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerConfig.NODE_ID)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .run();
    }

    private static int unboundPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("no free port on " + HOST, none);
        }
    }
}
