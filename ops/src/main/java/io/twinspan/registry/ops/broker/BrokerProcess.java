package io.twinspan.registry.ops.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A broker in a process of its own. Its output is kept short: one line when it takes requests, one when it is told to end. */
@Command(name = "broker", description = "Runs a Kafka broker on this machine until it is told to end.")
final class BrokerProcess implements Callable<Integer> {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(BrokerProcess.class);

    @Option(names = "--folder", required = true, description = "where the broker keeps its data")
    private Path folder = Path.of("");

    @Option(names = "--port", required = true, description = "the port clients connect to, on 127.0.0.1")
    private int port;

    @Option(
            names = "--behind",
            paramLabel = "PORT=RELAY",
            description = "a further port, whose clients are sent to a relay's; may be repeated")
    private Map<Integer, Integer> behind = Map.of();

    @Override
    public Integer call() {
        quieten();
        EmbeddedBroker broker = EmbeddedBroker.start(folder.toAbsolutePath(), port, further());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            LOG.info("broker ends bootstrap={}", broker.bootstrap());
                            broker.close();
                        },
                        "broker-end"));
        LOG.info("broker takes requests bootstrap={} folder={}", broker.bootstrap(), folder.toAbsolutePath());
        broker.awaitClose();
        return 0;
    }

    /** Listeners are named in letters alone: A, B, C. */
    private List<BrokerListener> further() {
        List<BrokerListener> listeners = new ArrayList<>();
        behind.forEach((own, relay) ->
                listeners.add(BrokerListener.behind(String.valueOf((char) ('A' + listeners.size())), own, relay)));
        return listeners;
    }

    /** Kafka tells hundreds of lines at each start; of those only warnings matter here. */
    private static void quieten() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        ((Logger) LoggerFactory.getLogger(BrokerProcess.class)).setLevel(Level.INFO);
    }
}
