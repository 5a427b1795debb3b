package io.twinspan.registry.ops.cli;

import com.alipay.sofa.registry.client.api.Publisher;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.ops.client.OfficialClient;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Publishes an address and holds it. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes an address under a service and holds it until Ctrl-C.",
            "As with every official client, the registration lives as long as its connection."
        })
final class PublishCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long POLL_NANOS = 1_000_000;
    private static final long GOODBYE_NANOS = 300_000_000;

    private final Surroundings surroundings;

    @Mixin
    private ServerOption options = new ServerOption();

    @Parameters(
            index = "0",
            paramLabel = "SERVICE",
            description = "name of the service, for example com.example.Greeting")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "ADDRESS",
            description = "any text, for example bolt://10.0.0.1:12200?weight=100")
    private String address = "";

    PublishCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        DataInfoId service = options.service(name);
        OfficialClient client = OfficialClient.connect(options.server());
        long begin = System.nanoTime();
        Publisher publisher = client.publish(service, address);
        while (!publisher.isRegistered()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                surroundings
                        .err()
                        .println("twinspan: session " + client.bolt() + " has not acknowledged " + name + " within "
                                + PATIENCE.toSeconds() + " s. Is " + client.bolt() + " reachable from here?");
                return ExitCodes.FAILED;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        surroundings.say(String.format(
                Locale.ROOT,
                "%s  published %s at %s, session %s, acknowledged in %.0f ms. Ctrl-C takes it away.",
                surroundings.time(),
                name,
                address,
                client.bolt(),
                (System.nanoTime() - begin) / 1e6));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> takeAway(publisher), "take-away"));
        new CountDownLatch(1).await();
        return ExitCodes.OK;
    }

    /** The end of the process closes the connection, which takes it away as well; this is the polite way. */
    private void takeAway(Publisher publisher) {
        publisher.unregister();
        LockSupport.parkNanos(GOODBYE_NANOS);
        surroundings.say(surroundings.time() + "  taken away " + name);
    }
}
